// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.JwtSigner;
import dev.signet.identity.testkit.internal.WireServer;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A Microsoft Entra authority on localhost, over TLS with a certificate of its own authority. It knows one tenant and
 * no application until told otherwise; its tokens are real JSON Web Tokens that its published key verifies. Assertions
 * of federated credentials are checked but for their signature.
 *
 * <p>{@link #script()} is about token requests; the discovery documents have {@link #metadata()}.
 *
 * @since 0.1.0
 */
public final class EmbeddedAuthority implements CloudEndpoint {
    /** The id of the tenant that exists from the start: {@value}. */
    public static final String DEFAULT_TENANT = "5196f0a2-4c38-4be1-9d7a-0a6f83c1e2d4";

    /** The audience of assertions in the public cloud: {@value}. */
    public static final String TOKEN_EXCHANGE_AUDIENCE = "api://AzureADTokenExchange";

    private static final Duration ASSERTION_LIFETIME = Duration.ofHours(1);
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    /** The application to which users gave the tokens that it hands on. */
    private static final String CALLER = "a2f6b1de-77b4-4f0c-8d2f-0c1b52a1e9a4";

    private final ServerNames names;
    private final SignInHosts hosts = new SignInHosts();
    private final EndpointServer server;
    private final URI uri;
    private final TokenIssuer issuer;
    private final TokenEndpoint tokens;
    private final SignIns signIns;
    private final AuthorityProtocol protocol;

    EmbeddedAuthority(MutableClock clock, CloudLog log, int port, @Nullable String tokenIssuer) {
        this.names = new ServerNames(CertificateAuthority.create("Embedded cloud test CA"));
        WireServer wire = EndpointServer.bind("authority", port, names::tls);
        this.uri = URI.create("https://localhost:" + wire.port() + "/");
        this.issuer = new TokenIssuer(clock, uri.toString(), tokenIssuer);
        this.tokens = new TokenEndpoint(issuer);
        tokens.addTenant(DEFAULT_TENANT, DEFAULT_TENANT);
        this.signIns = new SignIns(issuer);
        this.protocol = new AuthorityProtocol(tokens, issuer, hosts, signIns, uri);
        this.server = EndpointServer.start("authority", wire, log, protocol);
    }

    TokenIssuer issuer() {
        return issuer;
    }

    ServerNames names() {
        return names;
    }

    SignInHosts hosts() {
        return hosts;
    }

    TokenEndpoint tokens() {
        return tokens;
    }

    void close() {
        server.close();
    }

    @Override
    public String name() {
        return "authority";
    }

    /**
     * The address of the authority, for {@code authorityHost} and {@code AZURE_AUTHORITY_HOST}.
     *
     * @return {@code https://localhost:port/}
     */
    @Override
    public URI uri() {
        return uri;
    }

    /**
     * The variable that names the authority.
     *
     * @return {@code AZURE_AUTHORITY_HOST}
     */
    @Override
    public Map<String, String> environment() {
        return Map.of("AZURE_AUTHORITY_HOST", uri.toString());
    }

    /**
     * The variables of a service principal.
     *
     * @param application a registered application
     * @return authority, tenant, client id and, where it has one, the first secret
     */
    public Map<String, String> environment(Application application) {
        Map<String, String> variables = new LinkedHashMap<>(environment());
        variables.put("AZURE_TENANT_ID", application.tenantId());
        variables.put("AZURE_CLIENT_ID", application.clientId());
        if (!application.secrets().isEmpty()) {
            variables.put("AZURE_CLIENT_SECRET", application.secrets().get(0).reveal());
        }
        return variables;
    }

    /**
     * The variables of workload identity on Kubernetes.
     *
     * @param application a registered application with a federated credential
     * @param tokenFile the file that holds the assertion
     * @return authority, tenant, client id and file
     */
    public Map<String, String> environment(Application application, Path tokenFile) {
        Map<String, String> variables = new LinkedHashMap<>(environment());
        variables.put("AZURE_TENANT_ID", application.tenantId());
        variables.put("AZURE_CLIENT_ID", application.clientId());
        variables.put("AZURE_FEDERATED_TOKEN_FILE", tokenFile.toString());
        return variables;
    }

    @Override
    public EndpointScript script() {
        return server.script();
    }

    /**
     * The script of what is beside the token endpoint: instance discovery, configuration, keys, pages for users, device
     * codes.
     *
     * @return always the same one
     */
    public EndpointScript metadata() {
        return server.asideScript();
    }

    @Override
    public int connections() {
        return server.wire().accepted();
    }

    /**
     * Forgets replies, requests, sign-ins and used assertions, and restores all resources. Users, applications and tenants
     * stay.
     */
    @Override
    public void reset() {
        script().reset();
        metadata().reset();
        issuer.restoreResources();
        tokens.forgetAssertions();
        protocol.reset();
    }

    /**
     * Adds a tenant.
     *
     * @param tenantId its id
     * @param domains names by which it can be called too
     */
    public void registerTenant(String tenantId, String... domains) {
        tokens.addTenant(tenantId, tenantId);
        for (String domain : domains) {
            tokens.addTenant(tenantId, domain);
        }
    }

    /**
     * Adds a cloud that instance discovery vouches for, beside Microsoft's own: for clients that check an unknown
     * authority host before they use it. Discovery answers {@code invalid_instance} for hosts that nobody added.
     *
     * @param host its sign-in host, for example {@code login.contoso.example}
     * @param aliases other names of the same host
     */
    public void registerCloud(String host, String... aliases) {
        hosts.add(host, aliases);
    }

    /**
     * Adds an application, and its tenant where that is new. One with the same ids is replaced.
     *
     * @param application the application
     * @return the same application
     */
    public Application registerApplication(Application application) {
        if (tokens.tenant(application.tenantId()) == null) {
            registerTenant(application.tenantId());
        }
        tokens.add(application);
        return application;
    }

    /**
     * Adds a user, and the tenant where that is new. One with the same ids is replaced.
     *
     * @param user the user
     * @return the same user
     */
    public User registerUser(User user) {
        if (tokens.tenant(user.tenantId()) == null) {
            registerTenant(user.tenantId());
        }
        tokens.add(user);
        signIns.add(user);
        return user;
    }

    /**
     * Makes a user's access token for an application, valid for an hour from now: what the application may present as
     * the assertion of the on-behalf-of flow.
     *
     * @param user a registered user
     * @param audience the application that the token is for
     * @return a signed JSON Web Token
     */
    public String accessTokenFor(User user, Application audience) {
        return accessTokenFor(user, audience, TOKEN_LIFETIME);
    }

    /**
     * Makes a user's access token for an application.
     *
     * @param user a registered user
     * @param audience the application that the token is for
     * @param lifetime how long it is valid, from now; negative for one that has expired
     * @return a signed JSON Web Token
     */
    public String accessTokenFor(User user, Application audience, Duration lifetime) {
        Map<String, Object> claims = TokenIssuer.user(user, CALLER);
        claims.put("scp", "user_impersonation");
        return issuer.token(user.tenantId(), audience.clientId(), lifetime, claims);
    }

    /**
     * The users who can sign in, and what a test does in their place.
     *
     * @return always the same one
     */
    public SignIns signIns() {
        return signIns;
    }

    /**
     * Makes a resource unknown, for this authority and for managed identities, until {@link #reset()}. All others
     * exist.
     *
     * @param resource for example {@code https://vault.azure.net}
     */
    public void removeResource(String resource) {
        issuer.removeResource(resource);
    }

    /**
     * Whether a resource server would take an access token: this cloud signed it, for this audience, and by the
     * cloud's clock it has not expired.
     *
     * @param token what a client sent
     * @param audience the resource, for example {@code https://vault.azure.net}; a slash at the end does not count
     * @return false for any other text
     */
    public boolean accepts(String token, String audience) {
        return issuer.accepts(token, audience);
    }

    /**
     * Makes an assertion that fits a federated credential, valid for an hour from now.
     *
     * @param credential what it must say
     * @return a signed JSON Web Token
     */
    public String assertionFor(Application.FederatedCredential credential) {
        return assertionFor(credential, ASSERTION_LIFETIME);
    }

    /**
     * Makes an assertion that fits a federated credential.
     *
     * @param credential what it must say
     * @param lifetime how long it is valid, from now
     * @return a signed JSON Web Token
     */
    public String assertionFor(Application.FederatedCredential credential, Duration lifetime) {
        long now = issuer.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", credential.issuer());
        claims.put("sub", credential.subject());
        claims.put("aud", credential.audience());
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + lifetime.toSeconds());
        claims.put("jti", UUID.randomUUID().toString());
        return JwtSigner.sign(claims);
    }

    /**
     * The authority behind the server's certificate.
     *
     * @return whom a client must trust
     */
    public CertificateAuthority certificateAuthority() {
        return names.authority();
    }

    /**
     * The certificate that a client must trust.
     *
     * @return self-signed
     */
    public X509Certificate caCertificate() {
        return names.authority().certificate();
    }

    /**
     * The certificate that a client must trust, as text.
     *
     * @return PEM
     */
    public String caPem() {
        return names.authority().pem();
    }

    /**
     * A client's TLS context that trusts this authority's certificate and no other.
     *
     * @return a new context
     */
    public SSLContext sslContext() {
        return names.authority().sslContext();
    }
}
