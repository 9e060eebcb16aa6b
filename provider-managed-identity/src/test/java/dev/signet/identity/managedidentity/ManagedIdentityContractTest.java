// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class ManagedIdentityContractTest extends CloudFixture implements TokenCredentialContract {
    @Override
    public String credentialName() {
        return "ManagedIdentityCredential";
    }

    @Override
    public TokenCredential credential() {
        return direct(on(cloud.appService()));
    }

    @Override
    public TokenCredential failingCredential() {
        cloud.appService().always(Reply.status(403));
        return direct(on(cloud.appService()));
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        cloud.appService().always(Reply.hang());
        return Optional.of(direct(on(cloud.appService())));
    }

    @Override
    public InstantSource clock() {
        return cloud.clock();
    }

    @Override
    public List<TokenRequestContext> unsupportedRequests() {
        return List.of(TokenRequestContext.of("https://a/.default", "https://b/.default"));
    }

    @Override
    public Set<String> secrets() {
        return Set.of(cloud.appService().environment().get("IDENTITY_HEADER"));
    }
}
