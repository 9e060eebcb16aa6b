// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity.internal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.managedidentity.ManagedIdentityCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Makes {@link ManagedIdentityCredential}s; {@code AZURE_CLIENT_ID} names the identity where code names none. The
 * setting {@code probeTimeout} is an ISO 8601 duration such as {@code PT3S}.
 */
@ProviderInfo(name = "ManagedIdentityCredential", category = Category.DEPLOYED, order = 300)
public final class ManagedIdentityCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public ManagedIdentityCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        ManagedIdentityCredential.Builder builder =
                ManagedIdentityCredential.builder().context(context).clientIdFromEnvironment();
        Optional<String> probeTimeout = context.setting("probeTimeout");
        if (probeTimeout.isPresent()) {
            builder.probeTimeout(duration(probeTimeout.get()));
        }
        return builder.build();
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("probeTimeout must be a duration such as PT3S", malformed);
        }
    }
}
