// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.testkit.MutableClock;
import dev.signet.identity.testkit.TestContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class SampleCredentialProviderTest implements CredentialProviderContract, TokenCredentialContract {
    private final MutableClock clock = MutableClock.now();

    @Override
    public CredentialProvider provider() {
        return new SampleCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext(clock).env("SAMPLE_TOKEN", "marker-token");
    }

    @Override
    public String credentialName() {
        return "SampleCredential";
    }

    @Override
    public TokenCredential credential() {
        return provider().create(context());
    }

    @Override
    public TokenCredential failingCredential() {
        return provider().create(new TestContext(clock));
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        return Optional.of(provider().create(context().env("SAMPLE_BLOCKED", "yes")));
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Override
    public List<TokenRequestContext> unsupportedRequests() {
        return List.of(TokenRequestContext.of("a", "b"));
    }

    @Override
    public Set<String> secrets() {
        return Set.of("marker-token");
    }
}
