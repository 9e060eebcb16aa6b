// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import dev.signet.identity.TokenCredential;

/**
 * Makes one kind of credential for a chain. Found by {@link java.util.ServiceLoader}, so an implementation is a
 * public class with a public constructor without arguments, annotated with {@link ProviderInfo} and listed both
 * under {@code provides} in its module descriptor and in {@code META-INF/services}.
 *
 * @since 0.1.0
 */
public interface CredentialProvider {
    /**
     * Makes the credential.
     *
     * @param context everything ambient: environment, clock, transport, settings
     * @return a new credential
     * @throws dev.signet.identity.CredentialUnavailableException if what the credential needs is not configured; the
     *     chain reports it and goes on
     * @throws IllegalArgumentException if a setting is wrong
     * @throws IllegalStateException if settings contradict each other
     * @implSpec Does no I/O, starts no thread or process and reads nothing ambient but the context.
     */
    TokenCredential create(ProviderContext context);
}
