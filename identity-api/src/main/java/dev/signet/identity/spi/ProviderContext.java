// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import dev.signet.identity.ManagedIdentityId;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * Everything ambient that a credential needs, so that it reads nothing on its own: environment, clock, transport and
 * the settings that all credentials of an application share. Thread-safe. Settings given in code win over
 * environment variables; the accessors return the result unless they say otherwise.
 *
 * @since 0.1.0
 */
public interface ProviderContext {
    /**
     * The environment as it is now. As long as nothing changed, the same instance comes back.
     *
     * @return variables and system properties
     */
    Environment environment();

    /**
     * The clock.
     *
     * @return the source of the current time
     */
    InstantSource clock();

    /**
     * Waits between retries.
     *
     * @return the sleeper
     */
    Sleeper sleeper();

    /**
     * Randomness for jitter.
     *
     * @return a source of numbers from 0 (inclusive) to 1 (exclusive)
     */
    DoubleSupplier jitter();

    /**
     * The way to HTTP endpoints.
     *
     * @return the transport
     */
    HttpTransport transport();

    /**
     * Runs background refreshes and asynchronous calls.
     *
     * @return the executor
     */
    Executor executor();

    /**
     * Hears of attempts, cache hits and requests.
     *
     * @return the listener; {@link IdentityEventListener#NONE} unless given
     */
    IdentityEventListener listener();

    /**
     * The sign-in host: {@code authorityHost}, else {@code AZURE_AUTHORITY_HOST}, else the public cloud.
     *
     * @return an https address that ends with a slash
     * @throws IllegalArgumentException if {@code AZURE_AUTHORITY_HOST} is malformed
     */
    URI authorityHost();

    /**
     * The tenant given in code, for this credential or for all. The environment is not asked.
     *
     * @return tenant id or domain name
     */
    Optional<String> tenantId();

    /**
     * The client id given in code for this credential. The environment is not asked.
     *
     * @return client (application) id
     */
    Optional<String> clientId();

    /**
     * The managed identity given in code. The environment is not asked.
     *
     * @return the identity
     */
    Optional<ManagedIdentityId> managedIdentityId();

    /**
     * Further tenants for which tokens may be had; {@code *} means any.
     *
     * @return from code, else {@code AZURE_ADDITIONALLY_ALLOWED_TENANTS}; possibly empty
     */
    List<String> additionallyAllowedTenants();

    /**
     * Whether the application vouches for the authority host, so that no discovery request is made.
     *
     * @return false unless given
     */
    boolean instanceDiscoveryDisabled();

    /**
     * How long an external tool may run, from start to end of output.
     *
     * @return 10 seconds unless given
     */
    Duration processTimeout();

    /**
     * Whether claims of the tokens (application, tenant, object id, user name) are logged at info.
     *
     * @return false unless given
     */
    boolean accountIdentifierLoggingEnabled();

    /**
     * A setting that only this credential knows, given in code by credential name and key.
     *
     * @param key the setting
     * @return its value
     */
    Optional<String> setting(String key);
}
