// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Sleeper;
import dev.signet.identity.spi.TaskExecutor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What credentials are handed outside tests: the JVM's environment, clock, randomness and threads, and the settings
 * that an application gave. The only place that reads any of them. Immutable.
 *
 * @since 0.1.0
 */
public final class StandardContext implements ProviderContext {
    /** How long an external tool may run unless set: 10 s. */
    public static final Duration DEFAULT_PROCESS_TIMEOUT = Duration.ofSeconds(10);

    private static final String ALLOWED_TENANTS_VARIABLE = "AZURE_ADDITIONALLY_ALLOWED_TENANTS";

    private final Builder parts;
    private final Environment environment;
    private final HttpTransport transport;

    private StandardContext(Builder parts) {
        this.parts = parts;
        Environment given = parts.environment;
        this.environment = given == null ? SystemEnvironment.read() : given;
        HttpTransport chosen = parts.transport;
        this.transport =
                chosen == null ? new SocketHttpTransport(ProxySettings.from(environment), new SystemTicker()) : chosen;
    }

    /**
     * The context of an application without settings.
     *
     * @return a new context
     */
    public static StandardContext create() {
        return builder().build();
    }

    /**
     * Starts a context.
     *
     * @return a builder with defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a copy of this context.
     *
     * @return a builder with the same settings
     */
    public Builder toBuilder() {
        Builder copy = new Builder(parts);
        copy.environment = environment;
        copy.transport = transport;
        return copy;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public InstantSource clock() {
        return parts.clock;
    }

    @Override
    public Sleeper sleeper() {
        return parts.sleeper;
    }

    @Override
    public DoubleSupplier jitter() {
        return parts.jitter;
    }

    @Override
    public HttpTransport transport() {
        return transport;
    }

    @Override
    public Executor executor() {
        return parts.executor;
    }

    @Override
    public IdentityEventListener listener() {
        return parts.listener;
    }

    @Override
    public URI authorityHost() {
        URI given = parts.authorityHost;
        return given == null ? AuthorityHost.from(environment) : given;
    }

    @Override
    public Optional<String> tenantId() {
        return Optional.ofNullable(parts.tenantId);
    }

    @Override
    public Optional<String> clientId() {
        return Optional.ofNullable(parts.clientId);
    }

    @Override
    public Optional<ManagedIdentityId> managedIdentityId() {
        return Optional.ofNullable(parts.managedIdentityId);
    }

    @Override
    public List<String> additionallyAllowedTenants() {
        List<String> given = parts.additionallyAllowedTenants;
        return given == null ? tenantsIn(environment) : given;
    }

    @Override
    public boolean instanceDiscoveryDisabled() {
        return parts.instanceDiscoveryDisabled;
    }

    @Override
    public Duration processTimeout() {
        return parts.processTimeout;
    }

    @Override
    public boolean accountIdentifierLoggingEnabled() {
        return parts.accountIdentifierLoggingEnabled;
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.ofNullable(parts.settings.get(key));
    }

    private static List<String> tenantsIn(Environment environment) {
        if (!environment.has(ALLOWED_TENANTS_VARIABLE)) {
            return List.of();
        }
        List<String> tenants = new ArrayList<>();
        String value = environment.get(ALLOWED_TENANTS_VARIABLE).orElseThrow();
        for (String tenant : value.replace(',', ';').split(";", -1)) {
            String name = tenant.strip();
            if (!name.isEmpty()) {
                tenants.add(checkedTenant(name));
            }
        }
        return List.copyOf(tenants);
    }

    private static String checkedTenant(String name) {
        try {
            return name.equals("*") ? name : TokenRequestContext.checkedTenantId(name);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    ALLOWED_TENANTS_VARIABLE + " must list tenant ids or domain names, separated by ';', or *",
                    malformed);
        }
    }

    @Override
    public String toString() {
        return "StandardContext[" + environment + ", tenantId=" + parts.tenantId + ", clientId=" + parts.clientId + "]";
    }

    /** Collects the parts of a context. Not thread-safe. */
    public static final class Builder {
        private @Nullable Environment environment;
        private @Nullable HttpTransport transport;
        private InstantSource clock = Clock.systemUTC();
        private Sleeper sleeper = new SystemSleeper();
        private DoubleSupplier jitter = new SystemJitter();
        private Executor executor = TaskExecutor.shared();
        private IdentityEventListener listener = IdentityEventListener.NONE;
        private @Nullable URI authorityHost;
        private @Nullable String tenantId;
        private @Nullable String clientId;
        private @Nullable ManagedIdentityId managedIdentityId;
        private @Nullable List<String> additionallyAllowedTenants;
        private boolean instanceDiscoveryDisabled;
        private Duration processTimeout = DEFAULT_PROCESS_TIMEOUT;
        private boolean accountIdentifierLoggingEnabled;
        private Map<String, String> settings = new HashMap<>();

        private Builder() {}

        private Builder(Builder other) {
            this.environment = other.environment;
            this.transport = other.transport;
            this.clock = other.clock;
            this.sleeper = other.sleeper;
            this.jitter = other.jitter;
            this.executor = other.executor;
            this.listener = other.listener;
            this.authorityHost = other.authorityHost;
            this.tenantId = other.tenantId;
            this.clientId = other.clientId;
            this.managedIdentityId = other.managedIdentityId;
            this.additionallyAllowedTenants = other.additionallyAllowedTenants;
            this.instanceDiscoveryDisabled = other.instanceDiscoveryDisabled;
            this.processTimeout = other.processTimeout;
            this.accountIdentifierLoggingEnabled = other.accountIdentifierLoggingEnabled;
            this.settings = new HashMap<>(other.settings);
        }

        /**
         * Sets the environment.
         *
         * @param environment default: the JVM's, as it is when the context is built
         * @return this
         */
        public Builder environment(Environment environment) {
            this.environment = Objects.requireNonNull(environment);
            return this;
        }

        /**
         * Sets the transport.
         *
         * @param transport default: a {@link SocketHttpTransport}
         * @return this
         */
        public Builder transport(HttpTransport transport) {
            this.transport = Objects.requireNonNull(transport);
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param clock default: the system's
         * @return this
         */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock);
            return this;
        }

        /**
         * Sets how retries wait.
         *
         * @param sleeper default: the thread sleeps
         * @return this
         */
        public Builder sleeper(Sleeper sleeper) {
            this.sleeper = Objects.requireNonNull(sleeper);
            return this;
        }

        /**
         * Sets the randomness of jitter.
         *
         * @param jitter numbers from 0 to 1; default: random ones
         * @return this
         */
        public Builder jitter(DoubleSupplier jitter) {
            this.jitter = Objects.requireNonNull(jitter);
            return this;
        }

        /**
         * Sets where background work runs.
         *
         * @param executor default: {@link TaskExecutor#shared()}
         * @return this
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor);
            return this;
        }

        /**
         * Sets who hears of events.
         *
         * @param listener default: nobody
         * @return this
         */
        public Builder listener(IdentityEventListener listener) {
            this.listener = Objects.requireNonNull(listener);
            return this;
        }

        /**
         * Sets the sign-in host.
         *
         * @param authorityHost a host or https address; default: {@code AZURE_AUTHORITY_HOST}, else the public cloud
         * @return this
         * @throws IllegalArgumentException if it is malformed
         */
        public Builder authorityHost(String authorityHost) {
            this.authorityHost = AuthorityHost.parse("authorityHost", authorityHost);
            return this;
        }

        /**
         * Sets the tenant.
         *
         * @param tenantId tenant id or domain name; default: each credential's own variable
         * @return this
         * @throws IllegalArgumentException if it has other characters than letters, digits, dots and hyphens
         */
        public Builder tenantId(String tenantId) {
            this.tenantId = TokenRequestContext.checkedTenantId(tenantId);
            return this;
        }

        /**
         * Sets the client id.
         *
         * @param clientId client (application) id; default: each credential's own variable
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder clientId(String clientId) {
            if (clientId.isBlank()) {
                throw new IllegalArgumentException("clientId must not be blank; leave it out to use AZURE_CLIENT_ID");
            }
            this.clientId = clientId;
            return this;
        }

        /**
         * Sets the managed identity.
         *
         * @param id default: the host's own, or the one in {@code AZURE_CLIENT_ID} inside a default chain
         * @return this
         */
        public Builder managedIdentityId(ManagedIdentityId id) {
            this.managedIdentityId = Objects.requireNonNull(id);
            return this;
        }

        /**
         * Sets further tenants for which tokens may be had.
         *
         * @param tenants tenant ids, or {@code *}; default: {@code AZURE_ADDITIONALLY_ALLOWED_TENANTS}
         * @return this
         * @throws IllegalArgumentException if one has other characters than letters, digits, dots and hyphens
         */
        public Builder additionallyAllowedTenants(List<String> tenants) {
            for (String tenant : tenants) {
                if (!tenant.equals("*")) {
                    TokenRequestContext.checkedTenantId(tenant);
                }
            }
            this.additionallyAllowedTenants = List.copyOf(tenants);
            return this;
        }

        /**
         * Sets whether the application vouches for the authority host.
         *
         * @param disabled true to make no discovery request; default: false
         * @return this
         */
        public Builder instanceDiscoveryDisabled(boolean disabled) {
            this.instanceDiscoveryDisabled = disabled;
            return this;
        }

        /**
         * Sets how long an external tool may run.
         *
         * @param timeout a positive time; default: {@link #DEFAULT_PROCESS_TIMEOUT}
         * @return this
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder processTimeout(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("processTimeout must be positive");
            }
            this.processTimeout = timeout;
            return this;
        }

        /**
         * Sets whether identifying claims of tokens are logged at info.
         *
         * @param enabled default: false
         * @return this
         */
        public Builder accountIdentifierLoggingEnabled(boolean enabled) {
            this.accountIdentifierLoggingEnabled = enabled;
            return this;
        }

        /**
         * Sets a setting that only one kind of credential knows.
         *
         * @param key the setting
         * @param value its value
         * @return this
         */
        public Builder setting(String key, String value) {
            this.settings.put(key, value);
            return this;
        }

        /**
         * Makes the context. The builder may be used again.
         *
         * @return a new context
         */
        public StandardContext build() {
            return new StandardContext(new Builder(this));
        }
    }

    private static final class SystemJitter implements DoubleSupplier {
        @Override
        public double getAsDouble() {
            return ThreadLocalRandom.current().nextDouble();
        }
    }

    private static final class SystemSleeper implements Sleeper {
        @Override
        public void sleep(Duration duration) {
            try {
                Thread.sleep(duration.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                CancellationException cancelled = new CancellationException("interrupted while waiting to retry");
                cancelled.initCause(interrupted);
                throw cancelled;
            }
        }
    }
}
