// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import dev.signet.identity.Secret;
import dev.signet.identity.spi.ProviderContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The application that users sign in to.
 *
 * @param credentialName for messages and tokens
 * @param context everything ambient
 * @param authorityHost an https address that ends with a slash
 * @param clientId its client id
 * @param clientSecret its secret; null for a public client
 */
public record MsalSettings(
        String credentialName,
        ProviderContext context,
        URI authorityHost,
        String clientId,
        @Nullable Secret clientSecret) {}
