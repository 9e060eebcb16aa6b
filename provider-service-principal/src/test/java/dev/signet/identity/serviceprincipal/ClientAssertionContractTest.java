// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

class ClientAssertionContractTest extends ApplicationFixture implements TokenCredentialContract {
    @BeforeEach
    void registerApplication() {
        register(application().assertion(SECRET));
    }

    @Override
    public String credentialName() {
        return "ClientAssertionCredential";
    }

    @Override
    public TokenCredential credential() {
        return ClientAssertionCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .clientAssertion(() -> SECRET)
                .context(context)
                .build();
    }

    @Override
    public TokenCredential failingCredential() {
        cloud.authority().always(Reply.status(403));
        return credential();
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        cloud.authority().always(Reply.hang());
        return Optional.of(credential());
    }

    @Override
    public InstantSource clock() {
        return cloud.clock();
    }

    @Override
    public Set<String> secrets() {
        return Set.of(SECRET);
    }
}
