// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.IdentityEventListener;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link DefaultAzureCredential}. What is set here wins over environment variables and holds for every
 * credential of the chain unless a credential is named. Not thread-safe; {@link #build()} may be called repeatedly.
 *
 * @since 0.1.0
 */
public final class DefaultAzureCredentialBuilder {
    private final SelectionSettings selection = new SelectionSettings();
    private final StandardContext.Builder context = StandardContext.builder();
    private final Map<String, LinkSettings> links = new HashMap<>();
    private final List<CredentialProvider> providers = new ArrayList<>();
    private final Map<String, TokenCredential> credentials = new LinkedHashMap<>();
    private final Map<String, ManagedIdentityId> managedIdentity = new LinkedHashMap<>();
    private final List<String> requiredVariables = new ArrayList<>();
    private boolean discovery = true;
    private @Nullable ClassLoader classLoader;
    private @Nullable Duration overallTimeout;
    private Stickiness stickiness = Stickiness.STICKY;
    private @Nullable String expectedTenantId;
    private @Nullable String expectedClientId;
    private @Nullable String expectedObjectId;

    DefaultAzureCredentialBuilder() {}

    /**
     * Sets the sign-in host of every credential.
     *
     * @param authorityHost a host or https address; default: {@code AZURE_AUTHORITY_HOST}, else the public cloud
     * @return this
     * @throws IllegalArgumentException if it is malformed
     * @see dev.signet.identity.AzureAuthorityHosts
     */
    public DefaultAzureCredentialBuilder authorityHost(String authorityHost) {
        context.authorityHost(authorityHost);
        return this;
    }

    /**
     * Applies the {@code signet.*} keys of a configuration file, as if each were set here: {@code sources},
     * {@code exclude}, {@code tenant-id}, {@code authority-host}, {@code additionally-allowed-tenants},
     * {@code managed-identity.client-id}, {@code .object-id} or {@code .resource-id},
     * {@code workload-identity.client-id} and {@code .tenant-id}, {@code process-timeout} and
     * {@code overall-timeout} (ISO-8601 or a number of seconds), and for one credential
     * {@code signet.credential.<Name>.<key>}, where the key is {@code tenant-id}, {@code client-id} or a
     * {@linkplain #setting setting} of its own. Lists are separated by commas; a blank value counts as absent; keys
     * without the prefix are left alone.
     *
     * @param properties for example loaded from {@code application.properties}
     * @return this
     * @throws IllegalArgumentException if a key is unknown or a value malformed; every problem has a line
     */
    public DefaultAzureCredentialBuilder properties(Properties properties) {
        new PropertiesSettings(this).apply(properties);
        return this;
    }

    /**
     * Sets the tenant of every credential.
     *
     * @param tenantId tenant id or domain name; default: {@code AZURE_TENANT_ID} where a credential reads it
     * @return this
     * @throws IllegalArgumentException if it has other characters than letters, digits, dots and hyphens
     */
    public DefaultAzureCredentialBuilder tenantId(String tenantId) {
        context.tenantId(tenantId);
        return this;
    }

    /**
     * Sets the tenant of one credential.
     *
     * @param credentialName the credential
     * @param tenantId tenant id or domain name
     * @return this
     * @throws IllegalArgumentException if it has other characters than letters, digits, dots and hyphens
     */
    public DefaultAzureCredentialBuilder tenantId(String credentialName, String tenantId) {
        link(credentialName).tenantId = TokenRequestContext.checkedTenantId(tenantId);
        return this;
    }

    /**
     * Sets the client id of one credential.
     *
     * @param credentialName the credential
     * @param clientId client (application) id; default: {@code AZURE_CLIENT_ID} where a credential reads it
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public DefaultAzureCredentialBuilder clientId(String credentialName, String clientId) {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("clientId of " + credentialName + " must not be blank; leave it out");
        }
        link(credentialName).clientId = clientId;
        return this;
    }

    /**
     * Sets something that only one credential knows.
     *
     * @param credentialName the credential
     * @param key the setting, as the credential documents it
     * @param value its value
     * @return this
     */
    public DefaultAzureCredentialBuilder setting(String credentialName, String key, String value) {
        link(credentialName).settings.put(key, Objects.requireNonNull(value));
        return this;
    }

    /**
     * Sets further tenants for which tokens may be had.
     *
     * @param tenants tenant ids, or {@code *} for any; default: {@code AZURE_ADDITIONALLY_ALLOWED_TENANTS}
     * @return this
     * @throws IllegalArgumentException if one has other characters than letters, digits, dots and hyphens
     */
    public DefaultAzureCredentialBuilder additionallyAllowedTenants(String... tenants) {
        context.additionallyAllowedTenants(List.of(tenants));
        return this;
    }

    /**
     * Names the user-assigned managed identity by client id.
     *
     * @param clientId the id; default: {@code AZURE_CLIENT_ID}, else the system-assigned identity
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public DefaultAzureCredentialBuilder managedIdentityClientId(String clientId) {
        managedIdentity.put("managedIdentityClientId", ManagedIdentityId.clientId(clientId));
        return this;
    }

    /**
     * Names the user-assigned managed identity by object id.
     *
     * @param objectId the id
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public DefaultAzureCredentialBuilder managedIdentityObjectId(String objectId) {
        managedIdentity.put("managedIdentityObjectId", ManagedIdentityId.objectId(objectId));
        return this;
    }

    /**
     * Names the user-assigned managed identity by Azure resource id.
     *
     * @param resourceId the id, which starts with {@code /subscriptions/}
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public DefaultAzureCredentialBuilder managedIdentityResourceId(String resourceId) {
        managedIdentity.put("managedIdentityResourceId", ManagedIdentityId.resourceId(resourceId));
        return this;
    }

    /**
     * Sets the client id of workload identity.
     *
     * @param clientId the id; default: {@link #managedIdentityClientId}, else {@code AZURE_CLIENT_ID}
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public DefaultAzureCredentialBuilder workloadIdentityClientId(String clientId) {
        return clientId("WorkloadIdentityCredential", clientId);
    }

    /**
     * Sets the tenant of workload identity.
     *
     * @param tenantId tenant id or domain name; default: {@link #tenantId(String)}, else {@code AZURE_TENANT_ID}
     * @return this
     * @throws IllegalArgumentException if it has other characters than letters, digits, dots and hyphens
     */
    public DefaultAzureCredentialBuilder workloadIdentityTenantId(String tenantId) {
        return tenantId("WorkloadIdentityCredential", tenantId);
    }

    /**
     * Sets how long an external tool may run.
     *
     * @param timeout a positive time; default: 10 s
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public DefaultAzureCredentialBuilder processTimeout(Duration timeout) {
        context.processTimeout(timeout);
        return this;
    }

    /**
     * Sets the most time that one call may take, whatever a credential does.
     *
     * @param timeout a positive time; default: no limit but the credentials' own
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public DefaultAzureCredentialBuilder overallTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("overallTimeout must be positive");
        }
        this.overallTimeout = timeout;
        return this;
    }

    /**
     * Vouches for the authority host, so that no discovery request is made.
     *
     * @return this
     */
    public DefaultAzureCredentialBuilder disableInstanceDiscovery() {
        context.instanceDiscoveryDisabled(true);
        return this;
    }

    /**
     * Logs application, tenant, object id and user name of tokens at info.
     *
     * @return this
     */
    public DefaultAzureCredentialBuilder enableAccountIdentifierLogging() {
        context.accountIdentifierLoggingEnabled(true);
        return this;
    }

    /**
     * Names the credentials of the chain in order, instead of {@code AZURE_TOKEN_CREDENTIALS}.
     *
     * @param names names of credentials, {@code dev} or {@code prod}
     * @return this
     */
    public DefaultAzureCredentialBuilder sources(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("sources must name at least one credential, dev or prod");
        }
        selection.sources(List.of(names));
        return this;
    }

    /**
     * Reads the selection from another variable than {@code AZURE_TOKEN_CREDENTIALS}.
     *
     * @param name letters, digits and underscores
     * @return this
     * @throws IllegalArgumentException if it has other characters
     */
    public DefaultAzureCredentialBuilder tokenCredentialsVariable(String name) {
        selection.variable(name);
        return this;
    }

    /**
     * Makes {@link #build()} fail when the selection variable is not set.
     *
     * @return this
     */
    public DefaultAzureCredentialBuilder requireTokenCredentialsVariable() {
        selection.requireVariable();
        return this;
    }

    /**
     * Makes {@link #build()} fail when a variable is not set.
     *
     * @param names the variables
     * @return this
     */
    public DefaultAzureCredentialBuilder requireVariables(String... names) {
        requiredVariables.addAll(List.of(names));
        return this;
    }

    /**
     * Takes a credential out of the chain, whatever selected it.
     *
     * @param credentialName any installed or known credential
     * @return this
     */
    public DefaultAzureCredentialBuilder exclude(String credentialName) {
        selection.turn(credentialName, false);
        return this;
    }

    /**
     * Takes a credential into the chain, whatever left it out.
     *
     * @param credentialName any installed or known credential
     * @return this
     */
    public DefaultAzureCredentialBuilder include(String credentialName) {
        selection.turn(credentialName, true);
        return this;
    }

    /**
     * Takes {@code EnvironmentCredential} out, or in.
     *
     * @param exclude true to take it out; default: false
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeEnvironmentCredential(boolean exclude) {
        return turn("EnvironmentCredential", exclude);
    }

    /**
     * Takes {@code WorkloadIdentityCredential} out, or in.
     *
     * @param exclude true to take it out; default: false
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeWorkloadIdentityCredential(boolean exclude) {
        return turn("WorkloadIdentityCredential", exclude);
    }

    /**
     * Takes {@code ManagedIdentityCredential} out, or in.
     *
     * @param exclude true to take it out; default: false
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeManagedIdentityCredential(boolean exclude) {
        return turn("ManagedIdentityCredential", exclude);
    }

    /**
     * Takes {@code SharedTokenCacheCredential} out, or in.
     *
     * @param exclude true to take it out; default: false
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeSharedTokenCacheCredential(boolean exclude) {
        return turn("SharedTokenCacheCredential", exclude);
    }

    /**
     * Takes {@code VisualStudioCodeCredential} out, or in.
     *
     * @param exclude true to take it out; default: false
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeVisualStudioCodeCredential(boolean exclude) {
        return turn("VisualStudioCodeCredential", exclude);
    }

    /**
     * Takes {@code AzureCliCredential} out, or in.
     *
     * @param exclude true to take it out; default: false
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeAzureCliCredential(boolean exclude) {
        return turn("AzureCliCredential", exclude);
    }

    /**
     * Takes {@code AzurePowerShellCredential} out, or in.
     *
     * @param exclude true to take it out; default: false
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeAzurePowerShellCredential(boolean exclude) {
        return turn("AzurePowerShellCredential", exclude);
    }

    /**
     * Takes {@code AzureDeveloperCliCredential} out, or in.
     *
     * @param exclude true to take it out; default: false
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeAzureDeveloperCliCredential(boolean exclude) {
        return turn("AzureDeveloperCliCredential", exclude);
    }

    /**
     * Takes {@code InteractiveBrowserCredential} out, or in.
     *
     * @param exclude false to take it in; default: true
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeInteractiveBrowserCredential(boolean exclude) {
        return turn("InteractiveBrowserCredential", exclude);
    }

    /**
     * Takes {@code BrokerCredential} out, or in.
     *
     * @param exclude true to take it out; default: false
     * @return this
     */
    public DefaultAzureCredentialBuilder excludeBrokerCredential(boolean exclude) {
        return turn("BrokerCredential", exclude);
    }

    /**
     * Refuses tokens of another tenant, so that a chain never serves the wrong identity.
     *
     * @param tenantId the {@code tid} claim that tokens must have
     * @return this
     */
    public DefaultAzureCredentialBuilder expectedTenantId(String tenantId) {
        this.expectedTenantId = Objects.requireNonNull(tenantId);
        return this;
    }

    /**
     * Refuses tokens of another application.
     *
     * @param clientId the {@code appid} or {@code azp} claim that tokens must have
     * @return this
     */
    public DefaultAzureCredentialBuilder expectedClientId(String clientId) {
        this.expectedClientId = Objects.requireNonNull(clientId);
        return this;
    }

    /**
     * Refuses tokens of another user or service principal.
     *
     * @param objectId the {@code oid} claim that tokens must have
     * @return this
     */
    public DefaultAzureCredentialBuilder expectedObjectId(String objectId) {
        this.expectedObjectId = Objects.requireNonNull(objectId);
        return this;
    }

    /**
     * Sets when the chain goes on behind a credential.
     *
     * @param credentialName the credential
     * @param fallThrough default: {@link FallThrough#ON_ANY_FAILURE} for {@link Category#DEVELOPER}, else {@link
     *     FallThrough#ON_UNAVAILABLE}
     * @return this
     */
    public DefaultAzureCredentialBuilder fallThrough(String credentialName, FallThrough fallThrough) {
        link(credentialName).fallThrough = Objects.requireNonNull(fallThrough);
        return this;
    }

    /**
     * Sets whether the chain stays with the first winner.
     *
     * @param stickiness default: {@link Stickiness#STICKY}
     * @return this
     */
    public DefaultAzureCredentialBuilder stickiness(Stickiness stickiness) {
        this.stickiness = Objects.requireNonNull(stickiness);
        return this;
    }

    /**
     * Sets whether installed providers are looked for.
     *
     * @param discovery false to use only what {@link #addProvider} and {@link #add} give; default: true
     * @return this
     */
    public DefaultAzureCredentialBuilder discovery(boolean discovery) {
        this.discovery = discovery;
        return this;
    }

    /**
     * Sets where installed providers are looked for.
     *
     * @param classLoader default: the thread's context class loader
     * @return this
     */
    public DefaultAzureCredentialBuilder classLoader(ClassLoader classLoader) {
        this.classLoader = Objects.requireNonNull(classLoader);
        return this;
    }

    /**
     * Adds a provider; it takes part as if it had been found.
     *
     * @param provider annotated with {@link dev.signet.identity.spi.ProviderInfo}
     * @return this
     */
    public DefaultAzureCredentialBuilder addProvider(CredentialProvider provider) {
        providers.add(Objects.requireNonNull(provider));
        return this;
    }

    /**
     * Adds a credential behind all others. It is always selected; a refusal stops the chain.
     *
     * @param name its name in the report: letters and digits
     * @param credential the credential
     * @return this
     * @throws IllegalArgumentException if the name is malformed, or was given before
     */
    public DefaultAzureCredentialBuilder add(String name, TokenCredential credential) {
        if (!ProviderNames.isValid(name)) {
            throw new IllegalArgumentException("the name of a credential must consist of letters and digits");
        }
        if (isAdded(name)) {
            throw new IllegalArgumentException("a credential was added as " + name + " before; give each its own name");
        }
        credentials.put(name, Objects.requireNonNull(credential));
        return this;
    }

    /**
     * Sets the environment.
     *
     * @param environment default: the JVM's
     * @return this
     */
    public DefaultAzureCredentialBuilder environment(Environment environment) {
        context.environment(environment);
        return this;
    }

    /**
     * Sets the way to HTTP endpoints.
     *
     * @param transport default: {@link dev.signet.identity.core.SocketHttpTransport}
     * @return this
     */
    public DefaultAzureCredentialBuilder transport(HttpTransport transport) {
        context.transport(transport);
        return this;
    }

    /**
     * Sets the clock.
     *
     * @param clock default: the system's
     * @return this
     */
    public DefaultAzureCredentialBuilder clock(InstantSource clock) {
        context.clock(clock);
        return this;
    }

    /**
     * Sets where background refreshes and asynchronous calls run.
     *
     * @param executor default: a thread for each task, a virtual one where the JVM has them
     * @return this
     */
    public DefaultAzureCredentialBuilder executor(Executor executor) {
        context.executor(executor);
        return this;
    }

    /**
     * Sets who hears of attempts, cache hits and requests.
     *
     * @param listener default: nobody
     * @return this
     */
    public DefaultAzureCredentialBuilder listener(IdentityEventListener listener) {
        context.listener(listener);
        return this;
    }

    /**
     * Makes the chain. No I/O is done.
     *
     * @return a new chain
     * @throws IllegalArgumentException if a name is unknown, or a variable malformed
     * @throws IllegalStateException if settings contradict each other, a required variable is missing, nothing is
     *     left to try, or two providers share a name
     */
    public DefaultAzureCredential build() {
        StandardContext shared = sharedContext();
        requireVariables(shared.environment());
        ProviderDiscovery found = ProviderDiscovery.run(discovery, classLoader, providers, credentials.keySet());
        Selection chosen = Selection.of(new SelectionSettings(selection), shared.environment(), found.providers());
        checkNames(chosen);
        List<Link> made = new LinkAssembly(shared, links.values()).links(chosen.selected(), credentials);
        if (made.isEmpty()
                && (!discovery || chosen.isRestricted() && !found.providers().isEmpty())) {
            throw chosen.nothingLeft();
        }
        Chain chain = new Chain(
                new ChainSettings(
                        DefaultAzureCredential.NAME,
                        stickiness,
                        overallTimeout,
                        new IdentityGuard(expectedTenantId, expectedClientId, expectedObjectId)),
                made,
                new Reporter(DefaultAzureCredential.NAME, shared.clock(), chosen, found),
                shared);
        return new DefaultAzureCredential(chain, chosen, found);
    }

    private StandardContext sharedContext() {
        if (managedIdentity.size() > 1) {
            throw new IllegalStateException(String.join(" and ", managedIdentity.keySet())
                    + " are both set; a managed identity is named by one id, so keep one of them");
        }
        StandardContext.Builder parts = context.build().toBuilder();
        for (ManagedIdentityId id : managedIdentity.values()) {
            parts.managedIdentityId(id);
        }
        StandardContext shared = parts.build();
        if (shared.environment().has(AuthorityHost.VARIABLE)) {
            URI unused = shared.authorityHost(); // a malformed address fails here, not link by link
        }
        return shared;
    }

    private void requireVariables(Environment environment) {
        List<String> missing = new ArrayList<>();
        for (String name : requiredVariables) {
            if (!environment.has(name)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "Required environment variables are not set: " + String.join(", ", missing) + ". Set them.");
        }
    }

    /** Settings for a credential that nobody knows are a mistake; those for one that is not installed are not. */
    private void checkNames(Selection chosen) {
        for (LinkSettings own : links.values()) {
            if (!isAdded(own.name)) {
                chosen.requireKnown(own.name, "a setting for one credential");
            }
        }
    }

    private boolean isAdded(String name) {
        for (String added : credentials.keySet()) {
            if (ProviderNames.key(added).equals(ProviderNames.key(name))) {
                return true;
            }
        }
        return false;
    }

    private DefaultAzureCredentialBuilder turn(String name, boolean exclude) {
        selection.turn(name, !exclude);
        return this;
    }

    private LinkSettings link(String credentialName) {
        String key = ProviderNames.key(credentialName);
        LinkSettings own = links.get(key);
        if (own == null) {
            own = new LinkSettings(credentialName);
            links.put(key, own);
        }
        return own;
    }
}
