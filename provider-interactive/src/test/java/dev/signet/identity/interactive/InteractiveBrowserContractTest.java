// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

class InteractiveBrowserContractTest extends UserFixture implements TokenCredentialContract {
    @Override
    public String credentialName() {
        return "InteractiveBrowserCredential";
    }

    @Override
    public TokenCredential credential() {
        return interactive().loginHint(alice.userName()).build();
    }

    @Override
    public TokenCredential failingCredential() {
        authority.always(Reply.json(400, "{\"error\":\"invalid_grant\"}"));
        return credential();
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        browser.doesNothing();
        return Optional.of(credential());
    }

    @Override
    public Set<String> secrets() {
        return Set.of(alice.userName());
    }

    @Override
    public InstantSource clock() {
        return cloud.clock();
    }
}
