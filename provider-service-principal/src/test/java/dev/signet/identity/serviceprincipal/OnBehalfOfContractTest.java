// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.User;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

class OnBehalfOfContractTest extends ApplicationFixture implements TokenCredentialContract {
    private final User user = cloud.authority().registerUser(User.named("ann@contoso.example"));
    private final Application api = application().secret(SECRET).build();

    @BeforeEach
    void registerApplication() {
        register(application().secret(SECRET));
    }

    @Override
    public String credentialName() {
        return "OnBehalfOfCredential";
    }

    @Override
    public TokenCredential credential() {
        return OnBehalfOfCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .clientSecret(SECRET)
                .userAssertion(cloud.authority().accessTokenFor(user, api))
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
