// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

class AuthorizationCodeContractTest extends UserFixture implements TokenCredentialContract {
    private static final URI REDIRECT = URI.create("https://app.example/callback");
    private static final String SECRET = "s3cr+t&x";

    private Application application;

    @BeforeEach
    void registerApplication() {
        application = authority.registerApplication(
                Application.builder("web").secret(SECRET).build());
    }

    @Override
    public String credentialName() {
        return "AuthorizationCodeCredential";
    }

    @Override
    public TokenCredential credential() {
        return with(authority.signIns().authorizationCode(alice, application, REDIRECT));
    }

    private TokenCredential with(String code) {
        return AuthorizationCodeCredential.builder()
                .context(context)
                .clientId("web")
                .clientSecret(SECRET)
                .redirectUri(REDIRECT)
                .authorizationCode(code)
                .build();
    }

    /** The contract asks twice; the second time the code was used, which is another kind of failure. */
    @Override
    public TokenCredential failingCredential() {
        authority.always(Reply.status(503));
        return with("1.code");
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        authority.always(Reply.hang());
        return Optional.of(credential());
    }

    @Override
    public Set<String> secrets() {
        return Set.of(SECRET, "1.code");
    }

    @Override
    public InstantSource clock() {
        return cloud.clock();
    }
}
