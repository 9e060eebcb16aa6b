// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

class WorkloadIdentityContractTest extends PodFixture implements TokenCredentialContract {
    @Override
    public String credentialName() {
        return "WorkloadIdentityCredential";
    }

    @Override
    public TokenCredential credential() {
        return workload(pod);
    }

    @Override
    public TokenCredential failingCredential() {
        cloud.authority().always(Reply.status(403));
        return workload(pod);
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        cloud.authority().always(Reply.hang());
        return Optional.of(workload(pod));
    }

    @Override
    public InstantSource clock() {
        return cloud.clock();
    }

    @Override
    public Set<String> secrets() {
        return Set.of("pod-token");
    }
}
