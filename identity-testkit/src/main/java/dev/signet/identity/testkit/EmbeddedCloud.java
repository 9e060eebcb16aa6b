// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.testkit.internal.WireServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cloud on localhost for tests in any language: an Entra authority, the managed-identity endpoints of every kind
 * of host, and jobs that are given id tokens, and a resource. Each server starts when it is first asked for and all end with {@link #close()}, which leaves no thread
 * behind. Answers follow the wire contracts of the real services; what a client gets wrong is in
 * {@link #violations()}. All times come from {@link #clock()}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EmbeddedCloud implements AutoCloseable {
    /** How many ports {@link Builder#port} takes: {@value}. */
    public static final int PORTS = 12;

    private final MutableClock clock;
    private final int firstPort;
    private final String proxyPath;
    private final String region;
    private final @Nullable String tokenIssuer;
    private final KeyDirectory keyDirectory;
    private final CloudLog log;
    private final Lock lock = new ReentrantLock();
    private final Map<String, CloudEndpoint> endpoints = new LinkedHashMap<>();
    private final List<Runnable> closers = new ArrayList<>();
    private volatile boolean violationsAllowed;
    private boolean closed;

    private EmbeddedCloud(Builder parts) {
        this.clock = parts.clock;
        this.log = new CloudLog(parts.clock);
        this.firstPort = parts.port;
        this.proxyPath = parts.proxyPath;
        this.region = parts.region;
        this.tokenIssuer = parts.tokenIssuer;
        this.keyDirectory = new KeyDirectory(parts.keyDirectory);
    }

    /**
     * A cloud on free ports with a clock that starts at the real time.
     *
     * @return a new cloud
     */
    public static EmbeddedCloud start() {
        return builder().start();
    }

    /**
     * Starts the settings of a cloud.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The servers in the order of their ports. */
    private enum Kind {
        AUTHORITY("authority", 0),
        IMDS("imds", 1),
        APP_SERVICE("app-service", 2),
        AZURE_ML("azure-ml", 3),
        CLOUD_SHELL("cloud-shell", 4),
        ARC("arc", 5),
        SERVICE_FABRIC("service-fabric", 6),
        TOKEN_PROXY("token-proxy", 7),
        AZURE_PIPELINES("azure-pipelines", 8),
        GITHUB_ACTIONS("github-actions", 9),
        RESOURCE("resource", 10),
        RESOURCE_MANAGER(ResourceManagerEndpoint.NAME, 11);

        private final String label;
        private final int portOffset;

        Kind(String label, int portOffset) {
            this.label = label;
            this.portOffset = portOffset;
        }
    }

    private <T extends CloudEndpoint> T endpoint(Kind kind, Class<T> type, Function<Integer, T> factory) {
        lock.lock();
        try {
            CloudEndpoint known = endpoints.get(kind.label);
            if (known == null) {
                if (closed) {
                    throw new IllegalStateException("the cloud is closed");
                }
                known = factory.apply(firstPort == 0 ? 0 : firstPort + kind.portOffset);
                endpoints.put(kind.label, known);
            }
            return type.cast(known);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The Entra authority.
     *
     * @return always the same one
     */
    public EmbeddedAuthority authority() {
        return endpoint(Kind.AUTHORITY, EmbeddedAuthority.class, port -> {
            EmbeddedAuthority authority = new EmbeddedAuthority(clock, log, port, tokenIssuer);
            closers.add(authority::close);
            return authority;
        });
    }

    /**
     * The instance metadata service of virtual machines, reached through {@code AZURE_POD_IDENTITY_AUTHORITY_HOST}.
     * It also says in which region the machine is.
     *
     * @return always the same one
     */
    public HostedEndpoint imds() {
        Host host = new Host(authority().issuer());
        return standard(Kind.IMDS, "", host, new ImdsProtocol(host, region));
    }

    /**
     * App Service, Functions and Container Apps, interface of 2019-08-01.
     *
     * @return always the same one
     */
    public HostedEndpoint appService() {
        Host host = new Host(authority().issuer());
        return standard(Kind.APP_SERVICE, AppServiceProtocol.PATH, host, new AppServiceProtocol(host));
    }

    /**
     * Compute of Azure Machine Learning.
     *
     * @return always the same one
     */
    public HostedEndpoint azureMl() {
        Host host = new Host(authority().issuer());
        return standard(Kind.AZURE_ML, AzureMlProtocol.PATH, host, new AzureMlProtocol(host));
    }

    /**
     * Cloud Shell.
     *
     * @return always the same one
     */
    public HostedEndpoint cloudShell() {
        Host host = new Host(authority().issuer());
        return standard(Kind.CLOUD_SHELL, CloudShellProtocol.PATH, host, new CloudShellProtocol(host));
    }

    private HostedEndpoint standard(Kind kind, String path, Host host, EndpointServer.Protocol protocol) {
        return endpoint(kind, StandardEndpoint.class, port -> {
            WireServer wire = EndpointServer.bind(kind.label, port, null);
            URI uri = URI.create("http://127.0.0.1:" + wire.port() + path);
            EndpointServer server = EndpointServer.start(kind.label, wire, log, protocol);
            closers.add(server::close);
            return new StandardEndpoint(kind.label, uri, variables(kind, uri, host), host, server);
        });
    }

    private static Map<String, String> variables(Kind kind, URI uri, Host host) {
        Map<String, String> variables = new LinkedHashMap<>();
        switch (kind) {
            case IMDS -> variables.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", uri.toString());
            case APP_SERVICE -> {
                variables.put("IDENTITY_ENDPOINT", uri.toString());
                variables.put("IDENTITY_HEADER", host.header());
            }
            case AZURE_ML -> {
                variables.put("MSI_ENDPOINT", uri.toString());
                variables.put("MSI_SECRET", host.header());
            }
            case CLOUD_SHELL -> variables.put("MSI_ENDPOINT", uri.toString());
            default -> throw new IllegalArgumentException(kind.label);
        }
        return Collections.unmodifiableMap(variables);
    }

    /**
     * The agent of Azure Arc.
     *
     * @return always the same one
     */
    public ArcEndpoint arc() {
        Host host = new Host(authority().issuer());
        return endpoint(Kind.ARC, ArcEndpoint.class, port -> {
            Path keys = keyDirectory.open();
            ArcProtocol protocol = new ArcProtocol(host, keys);
            WireServer wire = EndpointServer.bind(Kind.ARC.label, port, null);
            URI uri = URI.create("http://127.0.0.1:" + wire.port() + ArcProtocol.PATH);
            EndpointServer server = EndpointServer.start(Kind.ARC.label, wire, log, protocol);
            closers.add(server::close);
            closers.add(keyDirectory::delete);
            return new ArcEndpoint(uri, host, keys, protocol, server);
        });
    }

    /**
     * The token service of a Service Fabric cluster.
     *
     * @return always the same one
     */
    public ServiceFabricEndpoint serviceFabric() {
        Host host = new Host(authority().issuer());
        return endpoint(Kind.SERVICE_FABRIC, ServiceFabricEndpoint.class, port -> {
            ServiceFabricEndpoint endpoint = new ServiceFabricEndpoint(host, log, port);
            closers.add(endpoint.server()::close);
            return endpoint;
        });
    }

    /**
     * The token proxy of AKS identity bindings, in front of {@link #authority()}.
     *
     * @return always the same one
     */
    public TokenProxy tokenProxy() {
        EmbeddedAuthority target = authority();
        return endpoint(Kind.TOKEN_PROXY, TokenProxy.class, port -> {
            TokenProxy proxy = new TokenProxy(target, log, port, proxyPath);
            closers.add(proxy::close);
            return proxy;
        });
    }

    /**
     * A job of Azure Pipelines.
     *
     * @return always the same one
     */
    public PipelinesEndpoint azurePipelines() {
        EmbeddedAuthority target = authority();
        return endpoint(Kind.AZURE_PIPELINES, PipelinesEndpoint.class, port -> {
            PipelinesEndpoint endpoint = new PipelinesEndpoint(target, log, port);
            closers.add(endpoint::close);
            return endpoint;
        });
    }

    /**
     * A job of GitHub Actions.
     *
     * @return always the same one
     */
    public GitHubActionsEndpoint gitHubActions() {
        EmbeddedAuthority target = authority();
        return endpoint(Kind.GITHUB_ACTIONS, GitHubActionsEndpoint.class, port -> {
            GitHubActionsEndpoint endpoint = new GitHubActionsEndpoint(target, log, port);
            closers.add(endpoint::close);
            return endpoint;
        });
    }

    /**
     * A web API that takes tokens of {@link #authority()}.
     *
     * @return always the same one
     */
    public ResourceEndpoint resource() {
        EmbeddedAuthority target = authority();
        return endpoint(Kind.RESOURCE, ResourceEndpoint.class, port -> {
            ResourceEndpoint endpoint = new ResourceEndpoint(target, log, port);
            closers.add(endpoint::close);
            return endpoint;
        });
    }

    /**
     * The resource manager, which command line tools ask for subscriptions.
     *
     * @return always the same one
     */
    public ResourceManagerEndpoint resourceManager() {
        CertificateAuthority issuer = authority().certificateAuthority();
        return endpoint(Kind.RESOURCE_MANAGER, ResourceManagerEndpoint.class, port -> {
            ResourceManagerEndpoint endpoint = new ResourceManagerEndpoint(issuer, log, port);
            closers.add(endpoint::close);
            return endpoint;
        });
    }

    /**
     * The clock of tokens and assertions.
     *
     * @return always the same one
     */
    public MutableClock clock() {
        return clock;
    }

    /**
     * A context for credentials in a host: it has the cloud's clock and the endpoint's variables.
     *
     * @param endpoint where the credential runs
     * @return a new context, still without a transport
     */
    public TestContext context(CloudEndpoint endpoint) {
        return new TestContext(clock).environment(endpoint.environment());
    }

    /**
     * A transport for which this cloud is the network: sign-in hosts such as {@code login.microsoftonline.com} and
     * {@code westus2.login.microsoft.com} are {@link #authority()}, others can be added, no other exists.
     *
     * @param delegate makes the connections to this machine
     * @return a new transport
     */
    public HostRoutes routes(HttpTransport delegate) {
        return new HostRoutes(delegate, authority());
    }

    /**
     * The requests to all endpoints, those for discovery documents too.
     *
     * @return in order of arrival
     */
    public List<RecordedRequest> requests() {
        return log.requests();
    }

    /**
     * What clients got wrong, whatever they were answered.
     *
     * @return in order
     */
    public List<Violation> violations() {
        return log.violations();
    }

    /**
     * Fails if a client got anything wrong, unless {@link #allowViolations()} was called.
     *
     * @throws AssertionError with every violation
     */
    public void assertNoViolations() {
        List<Violation> violations = violations();
        if (!violationsAllowed && !violations.isEmpty()) {
            StringBuilder text = new StringBuilder("requests deviate from the protocol:");
            violations.forEach(violation -> text.append("\n  ").append(violation));
            throw new AssertionError(text.toString());
        }
    }

    /** Makes {@link #assertNoViolations()} pass until {@link #reset()}, for tests of wrong requests. */
    public void allowViolations() {
        violationsAllowed = true;
    }

    /** Forgets requests, violations, replies and identities; applications, tenants and addresses stay. */
    public void reset() {
        lock.lock();
        try {
            endpoints.values().forEach(CloudEndpoint::reset);
            log.clear();
            violationsAllowed = false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all servers, open connections included, and waits for their threads. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closers.forEach(Runnable::run);
            closers.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Collects the settings of a cloud. Not thread-safe. */
    public static final class Builder {
        private MutableClock clock = MutableClock.now();
        private int port;
        private String proxyPath = "";
        private String region = "westus2";
        private @Nullable String tokenIssuer;
        private @Nullable Path keyDirectory;

        private Builder() {}

        /**
         * Sets the clock.
         *
         * @param clock one that starts at the real time unless given
         * @return this
         */
        public Builder clock(MutableClock clock) {
            this.clock = Objects.requireNonNull(clock);
            return this;
        }

        /**
         * Puts the endpoints on {@value EmbeddedCloud#PORTS} fixed ports in a row: authority, virtual machine, App
         * Service, Azure ML, Cloud Shell, Arc, Service Fabric, token proxy, Azure Pipelines, GitHub Actions, resource,
         * resource manager.
         *
         * @param first the authority's port; 0, as at first, for free ports
         * @return this
         */
        public Builder port(int first) {
            this.port = first;
            return this;
        }

        /**
         * Sets the path of the token proxy.
         *
         * @param path starts with a slash and ends without; empty unless given
         * @return this
         */
        public Builder tokenProxyPath(String path) {
            this.proxyPath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            return this;
        }

        /**
         * Sets the region that the metadata service names.
         *
         * @param region {@code westus2} unless given
         * @return this
         */
        public Builder region(String region) {
            this.region = Objects.requireNonNull(region);
            return this;
        }

        /**
         * Sets the start of the issuer that access tokens name, for servers that take no other.
         *
         * @param prefix for example {@code https://sts.windows.net/}, behind which the tenant and a slash come; the
         *     authority's own address unless given
         * @return this
         */
        public Builder tokenIssuer(String prefix) {
            this.tokenIssuer = Objects.requireNonNull(prefix);
            return this;
        }

        /**
         * Sets where the key files of Arc go.
         *
         * @param directory a temporary one, deleted at the end, unless given
         * @return this
         */
        public Builder arcKeyDirectory(Path directory) {
            this.keyDirectory = Objects.requireNonNull(directory);
            return this;
        }

        /**
         * Makes the cloud.
         *
         * @return a new cloud
         */
        public EmbeddedCloud start() {
            return new EmbeddedCloud(this);
        }
    }
}
