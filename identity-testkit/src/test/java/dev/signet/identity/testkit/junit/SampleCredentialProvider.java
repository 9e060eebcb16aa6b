// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import dev.signet.identity.AccessToken;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** A provider that keeps the contract. */
@ProviderInfo(name = "SampleCredential", aliases = "Example", category = Category.DEPLOYED, order = 5000)
public final class SampleCredentialProvider implements CredentialProvider {
    public SampleCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        return new SampleCredential(context);
    }

    private static final class SampleCredential implements TokenCredential {
        private final ProviderContext context;

        SampleCredential(ProviderContext context) {
            this.context = context;
        }

        @Override
        public AccessToken getToken(TokenRequestContext request) {
            if (request.scopes().size() > 1) {
                throw new IllegalArgumentException("one scope, please");
            }
            if (context.environment().has("SAMPLE_BLOCKED")) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("interrupted");
                }
            }
            String token = context.environment()
                    .get("SAMPLE_TOKEN")
                    .orElseThrow(() -> new CredentialUnavailableException(
                            "SampleCredential", "\"SAMPLE_TOKEN\" is not set", "Set it."));
            return AccessToken.of(token, context.clock().instant().plus(Duration.ofHours(1)), "SampleCredential");
        }

        @Override
        public String toString() {
            return "SampleCredential";
        }
    }
}
