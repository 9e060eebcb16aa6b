// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.AzureAuthorityHosts;
import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TaskExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ProviderContext} whose every part can be set, also while credentials use it. Starts with an empty
 * environment, a clock that stands at the real time, a sleeper that does not wait, jitter 0.5, a transport that
 * forbids I/O and a listener that records. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TestContext implements ProviderContext {
    private static final Duration PROCESS_TIMEOUT = Duration.ofSeconds(10);

    private final MutableClock clock;
    private final RecordingSleeper sleeper;
    private final RecordingListener listener = new RecordingListener();
    private final Map<String, String> settings = new ConcurrentHashMap<>();
    private final Map<String, String> properties = new ConcurrentHashMap<>();
    private volatile Environment environment = Environment.empty();
    private volatile double jitter = 0.5;
    private volatile HttpTransport transport = new ForbiddenTransport();
    private volatile Executor executor = TaskExecutor.shared();
    private volatile @Nullable URI authorityHost;
    private volatile @Nullable String tenantId;
    private volatile @Nullable String clientId;
    private volatile @Nullable ManagedIdentityId managedIdentityId;
    private volatile @Nullable List<String> additionallyAllowedTenants;
    private volatile boolean instanceDiscoveryDisabled;
    private volatile Duration processTimeout = PROCESS_TIMEOUT;
    private volatile boolean accountIdentifierLoggingEnabled;

    /** A context with a clock of its own. */
    public TestContext() {
        this(MutableClock.now());
    }

    /**
     * A context that shares a clock, for example with an {@link EmbeddedCloud}.
     *
     * @param clock the clock
     */
    public TestContext(MutableClock clock) {
        this.clock = Objects.requireNonNull(clock);
        this.sleeper = new RecordingSleeper(clock);
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Override
    public RecordingSleeper sleeper() {
        return sleeper;
    }

    @Override
    public DoubleSupplier jitter() {
        return () -> jitter;
    }

    @Override
    public HttpTransport transport() {
        return transport;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public RecordingListener listener() {
        return listener;
    }

    @Override
    public URI authorityHost() {
        URI given = authorityHost;
        if (given != null) {
            return given;
        }
        return withSlash(
                environment.get("AZURE_AUTHORITY_HOST").orElse(AzureAuthorityHosts.AZURE_PUBLIC_CLOUD),
                "AZURE_AUTHORITY_HOST");
    }

    @Override
    public Optional<String> tenantId() {
        return Optional.ofNullable(tenantId);
    }

    @Override
    public Optional<String> clientId() {
        return Optional.ofNullable(clientId);
    }

    @Override
    public Optional<ManagedIdentityId> managedIdentityId() {
        return Optional.ofNullable(managedIdentityId);
    }

    @Override
    public List<String> additionallyAllowedTenants() {
        List<String> given = additionallyAllowedTenants;
        if (given != null) {
            return given;
        }
        List<String> tenants = new ArrayList<>();
        for (String tenant :
                environment.get("AZURE_ADDITIONALLY_ALLOWED_TENANTS").orElse("").split(";", -1)) {
            if (!tenant.isBlank()) {
                tenants.add(tenant.strip());
            }
        }
        return List.copyOf(tenants);
    }

    @Override
    public boolean instanceDiscoveryDisabled() {
        return instanceDiscoveryDisabled;
    }

    @Override
    public Duration processTimeout() {
        return processTimeout;
    }

    @Override
    public boolean accountIdentifierLoggingEnabled() {
        return accountIdentifierLoggingEnabled;
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /**
     * Replaces the environment variables; properties set with {@link #property} are kept.
     *
     * @param variables all variables
     * @return this
     */
    public TestContext environment(Map<String, String> variables) {
        return environment(Environment.of(variables, properties));
    }

    /**
     * Replaces the environment, system properties included.
     *
     * @param environment what credentials see from now on
     * @return this
     */
    public TestContext environment(Environment environment) {
        this.environment = Objects.requireNonNull(environment);
        return this;
    }

    /**
     * Sets one environment variable.
     *
     * @param name the variable
     * @param value its value; null removes the variable
     * @return this
     */
    public TestContext env(String name, @Nullable String value) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        if (value == null) {
            variables.remove(name);
        } else {
            variables.put(name, value);
        }
        return environment(variables);
    }

    /**
     * Sets one system property of the environment, for example {@code os.name}.
     *
     * @param name the property
     * @param value its value
     * @return this
     */
    public TestContext property(String name, String value) {
        properties.put(name, value);
        return environment(environment.variables());
    }

    /**
     * Sets the number that every call for jitter gives.
     *
     * @param jitter from 0 (inclusive) to 1 (exclusive)
     * @return this
     */
    public TestContext jitter(double jitter) {
        this.jitter = jitter;
        return this;
    }

    /**
     * Sets the transport.
     *
     * @param transport used from now on
     * @return this
     */
    public TestContext transport(HttpTransport transport) {
        this.transport = Objects.requireNonNull(transport);
        return this;
    }

    /**
     * Sets the executor.
     *
     * @param executor used from now on
     * @return this
     */
    public TestContext executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor);
        return this;
    }

    /**
     * Sets the sign-in host, which then wins over {@code AZURE_AUTHORITY_HOST}.
     *
     * @param host an absolute https address
     * @return this
     */
    public TestContext authorityHost(URI host) {
        this.authorityHost = withSlash(host.toString(), "authorityHost");
        return this;
    }

    /**
     * Sets the tenant given in code.
     *
     * @param tenantId the tenant; null for none
     * @return this
     */
    public TestContext tenantId(@Nullable String tenantId) {
        this.tenantId = tenantId;
        return this;
    }

    /**
     * Sets the client id given in code.
     *
     * @param clientId the client id; null for none
     * @return this
     */
    public TestContext clientId(@Nullable String clientId) {
        this.clientId = clientId;
        return this;
    }

    /**
     * Sets the managed identity given in code.
     *
     * @param id the identity; null for none
     * @return this
     */
    public TestContext managedIdentityId(@Nullable ManagedIdentityId id) {
        this.managedIdentityId = id;
        return this;
    }

    /**
     * Sets the further tenants, which then win over {@code AZURE_ADDITIONALLY_ALLOWED_TENANTS}.
     *
     * @param tenants tenant ids; {@code *} for any
     * @return this
     */
    public TestContext additionallyAllowedTenants(String... tenants) {
        this.additionallyAllowedTenants = List.of(tenants);
        return this;
    }

    /**
     * Sets whether the application vouches for the authority.
     *
     * @param disabled false at first
     * @return this
     */
    public TestContext instanceDiscoveryDisabled(boolean disabled) {
        this.instanceDiscoveryDisabled = disabled;
        return this;
    }

    /**
     * Sets how long a tool may run.
     *
     * @param timeout 10 seconds at first
     * @return this
     */
    public TestContext processTimeout(Duration timeout) {
        this.processTimeout = Objects.requireNonNull(timeout);
        return this;
    }

    /**
     * Sets whether claims of tokens are logged.
     *
     * @param enabled false at first
     * @return this
     */
    public TestContext accountIdentifierLoggingEnabled(boolean enabled) {
        this.accountIdentifierLoggingEnabled = enabled;
        return this;
    }

    /**
     * Sets a value that {@link #setting} gives.
     *
     * @param key the setting
     * @param value its value
     * @return this
     */
    public TestContext setting(String key, String value) {
        settings.put(key, value);
        return this;
    }

    private static URI withSlash(String address, String setting) {
        URI uri = URI.create(address.endsWith("/") ? address : address + "/");
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(setting + " must be an absolute https address");
        }
        return uri;
    }

    @Override
    public String toString() {
        return "TestContext[" + environment + ", " + clock + "]";
    }
}
