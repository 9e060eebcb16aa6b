// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An {@link EmbeddedCloud} for programs outside this JVM: on fixed ports, by the real time, with a tenant, an
 * application, a user and identities, and with the files and variables that make a program use it. Nothing it gives is secret
 * or of use elsewhere.
 *
 * @since 0.1.0
 */
public final class Emulator implements AutoCloseable {
    /** The client id of the application: {@value}. */
    public static final String CLIENT_ID = "6c1d8f1e-2b0a-4f7d-9c55-3e1f0a7b9d20";

    /** The client secret of the application: {@value}. */
    public static final String CLIENT_SECRET = "emulator-secret";

    /** The name of the user who can sign in: {@value}. */
    public static final String USER_NAME = "maria@emulator.example";

    /** The password of the user: {@value}. */
    public static final String USER_PASSWORD = "emulator-password";

    /** The password of the trust store: {@value}. */
    public static final String TRUST_STORE_PASSWORD = "changeit";

    private static final Duration ASSERTION_LIFETIME = Duration.ofDays(365);

    /** The application that developers' tools are to Entra. */
    private static final String DEVELOPER_SIGN_ON = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

    private final EmbeddedCloud cloud;
    private final Path directory;
    private final Map<String, Map<String, String>> scenarios = new LinkedHashMap<>();
    private final Map<String, String> trust = new LinkedHashMap<>();

    private Emulator(EmbeddedCloud cloud, Path directory) {
        this.cloud = cloud;
        this.directory = directory;
    }

    /**
     * Starts a cloud on {@value EmbeddedCloud#PORTS} ports in a row, as {@link EmbeddedCloud.Builder#port} tells, and writes its files.
     *
     * @param port the first port; 0 for free ones
     * @param directory where {@code ca.pem}, {@code trust.p12}, {@code federated-token}, {@code client.pem} and the
     *     key files of Arc go; made if absent
     * @return the running emulator
     * @throws UncheckedIOException if a port is taken or a file cannot be written
     */
    public static Emulator start(int port, Path directory) {
        EmbeddedCloud cloud = null;
        try {
            Path real = Files.createDirectories(directory).toRealPath();
            cloud = EmbeddedCloud.builder()
                    .port(port)
                    .clock(MutableClock.ticking())
                    .arcKeyDirectory(real.resolve("arc"))
                    .start();
            Emulator emulator = new Emulator(cloud, real);
            emulator.furnish();
            return emulator;
        } catch (IOException | UncheckedIOException failure) {
            if (cloud != null) {
                cloud.close();
            }
            throw failure instanceof UncheckedIOException known
                    ? known
                    : new UncheckedIOException("the emulator's files cannot be written", (IOException) failure);
        }
    }

    private void furnish() throws IOException {
        EmbeddedAuthority authority = cloud.authority();
        TestCertificate certificate = TestCertificate.create("emulator");
        Application application = authority.registerApplication(Application.builder(CLIENT_ID)
                .secret(CLIENT_SECRET)
                .certificate(certificate.certificate())
                .federatedCredential(
                        "https://emulator.invalid/oidc",
                        "system:serviceaccount:default:workload",
                        EmbeddedAuthority.TOKEN_EXCHANGE_AUDIENCE)
                .federatedCredential(cloud.azurePipelines().federatedCredential())
                .federatedCredential(cloud.gitHubActions().federatedCredential())
                .build());
        Path ca = authority.certificateAuthority().writePem(directory.resolve("ca.pem"));
        Path store =
                authority.certificateAuthority().writeTrustStore(directory.resolve("trust.p12"), TRUST_STORE_PASSWORD);
        Path assertion = Files.writeString(
                directory.resolve("federated-token"),
                authority.assertionFor(application.federatedCredentials().get(0), ASSERTION_LIFETIME));
        ManagedIdentity identity = ManagedIdentity.named("emulator");
        host("vm", cloud.imds(), identity);
        host("app-service", cloud.appService(), identity);
        scenarios.put("workload-identity", authority.environment(application, assertion));
        scenarios.put("service-principal", authority.environment(application));
        host("azure-ml", cloud.azureMl(), identity);
        host("cloud-shell", cloud.cloudShell(), identity);
        host("arc", cloud.arc(), identity);
        host("service-fabric", cloud.serviceFabric(), identity);
        Map<String, String> bound = new LinkedHashMap<>(authority.environment(application, assertion));
        bound.putAll(cloud.tokenProxy().environment());
        scenarios.put("identity-binding", bound);
        Map<String, String> certified = new LinkedHashMap<>(authority.environment(application));
        certified.remove("AZURE_CLIENT_SECRET");
        certified.put(
                "AZURE_CLIENT_CERTIFICATE_PATH",
                certificate.writePem(directory.resolve("client.pem")).toString());
        scenarios.put("client-certificate", certified);
        cloud.resource();
        scenarios.put("azure-pipelines", cloud.azurePipelines().environment(application));
        scenarios.put("github-actions", cloud.gitHubActions().environment(application));
        users(authority);
        trust.put("SSL_CERT_FILE", ca.toString());
        trust.put("REQUESTS_CA_BUNDLE", ca.toString());
        trust.put("NODE_EXTRA_CA_CERTS", ca.toString());
        trust.put(
                "JAVA_TOOL_OPTIONS",
                "-Djavax.net.ssl.trustStore=" + store + " -Djavax.net.ssl.trustStorePassword=" + TRUST_STORE_PASSWORD);
    }

    private void users(EmbeddedAuthority authority) {
        authority.registerApplication(Application.builder(DEVELOPER_SIGN_ON).build());
        authority.registerUser(User.named(USER_NAME).withPassword(USER_PASSWORD));
        scenarios.put("user", authority.environment());
        Map<String, String> password = new LinkedHashMap<>(authority.environment());
        password.put("AZURE_TENANT_ID", EmbeddedAuthority.DEFAULT_TENANT);
        password.put("AZURE_CLIENT_ID", DEVELOPER_SIGN_ON);
        password.put("AZURE_USERNAME", USER_NAME);
        password.put("AZURE_PASSWORD", USER_PASSWORD);
        scenarios.put("user-password", password);
    }

    private void host(String scenario, HostedEndpoint endpoint, ManagedIdentity identity) {
        endpoint.identities().add(identity);
        scenarios.put(scenario, endpoint.environment());
    }

    /**
     * The cloud, to look at requests or to change answers.
     *
     * @return always the same one
     */
    public EmbeddedCloud cloud() {
        return cloud;
    }

    /**
     * Where the files are.
     *
     * @return an absolute path
     */
    public Path directory() {
        return directory;
    }

    /**
     * The variables that put a program in a host: {@code vm}, {@code app-service}, {@code workload-identity}, {@code
     * service-principal}, {@code azure-ml}, {@code cloud-shell}, {@code arc}, {@code service-fabric}, {@code
     * identity-binding}, {@code client-certificate}, {@code azure-pipelines}, {@code github-actions},
     * {@code user}, {@code user-password}.
     *
     * @return scenario to names and values, in order
     */
    public Map<String, Map<String, String>> scenarios() {
        return Collections.unmodifiableMap(scenarios);
    }

    /**
     * The variables that make OpenSSL, Python, Node.js and Java trust the authority; needed where a scenario has
     * {@code AZURE_AUTHORITY_HOST}.
     *
     * @return names and values, in order
     */
    public Map<String, String> trust() {
        return Collections.unmodifiableMap(trust);
    }

    /** Ends the cloud. The files stay. Idempotent. */
    @Override
    public void close() {
        cloud.close();
    }
}
