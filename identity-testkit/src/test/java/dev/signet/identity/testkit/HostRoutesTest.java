// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRoutesTest {
    private static final String TENANT = EmbeddedAuthority.DEFAULT_TENANT;
    private static final String SECRET_FORM = "grant_type=client_credentials&client_id=app&client_secret=s3cret&scope="
            + HttpCalls.encode("https://vault.azure.net/.default");

    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final EmbeddedAuthority authority = cloud.authority();
    private final LocalTransport network = new LocalTransport();
    private final HostRoutes routes = cloud.routes(network);

    HostRoutesTest() {
        authority.registerApplication(
                Application.builder("app").secret("s3cret").build());
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private static TransportRequest.Builder post(String uri, String form) {
        return TransportRequest.post(
                URI.create(uri), "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.US_ASCII));
    }

    private TransportResponse token(String host) {
        return routes.send(post("https://" + host + "/" + TENANT + "/oauth2/v2.0/token", SECRET_FORM)
                .build());
    }

    private TransportResponse get(String uri) {
        return routes.send(TransportRequest.get(URI.create(uri)).build());
    }

    private static Map<String, Object> body(TransportResponse response) {
        return Json.readObject(new String(response.body(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0} is behind {1}")
    @CsvSource({
        "login.microsoftonline.com, login.microsoftonline.com",
        "login.windows.net, login.windows.net",
        "login.microsoftonline.us, login.microsoftonline.us",
        "login.chinacloudapi.cn, login.chinacloudapi.cn",
        "LOGIN.partner.microsoftonline.cn, login.partner.microsoftonline.cn",
        "westus2.login.microsoft.com, login.microsoftonline.com",
        "usgovvirginia.login.microsoftonline.us, login.microsoftonline.us",
    })
    void signInHost_isTheAuthority(String host, String global) {
        TransportResponse response = token(host);

        assertEquals(200, response.status());
        Map<String, Object> claims = JwtSigner.claims((String) body(response).get("access_token"));
        assertEquals("https://" + global + "/" + TENANT + "/v2.0", claims.get("iss"));
        assertEquals(host.toLowerCase(Locale.ROOT), authority.lastRequest().host());
        assertEquals(host, authority.lastRequest().header("Host").orElseThrow());
        assertEquals(
                host.toLowerCase(Locale.ROOT),
                authority.lastRequest().serverName().orElseThrow());
        assertFalse(authority.lastRequest().headers().containsKey("Signet-Routed-Host"));
        cloud.assertNoViolations();
    }

    @Test
    void assertion_atARegionalHost_isForTheGlobalOne() throws Exception {
        TestCertificate certificate = TestCertificate.create("certificate");
        authority.registerApplication(Application.builder("regional")
                .certificate(certificate.certificate())
                .build());
        String regional = "https://westus2.login.microsoft.com/" + TENANT + "/oauth2/v2.0/token";

        assertEquals(401, send(regional, certificate, regional).status());
        assertEquals(
                List.of("assertion's aud is not the token endpoint"),
                cloud.violations().stream().map(Violation::problem).toList());
        cloud.reset();

        String global = "https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token";
        assertEquals(200, send(regional, certificate, global).status());
        cloud.assertNoViolations();
    }

    private TransportResponse send(String uri, TestCertificate certificate, String audience) throws Exception {
        ClientAssertion assertion = new ClientAssertion(
                certificate, "regional", audience, cloud.clock().instant());
        return routes.send(post(
                        uri,
                        "grant_type=client_credentials&client_id=regional&client_assertion_type="
                                + HttpCalls.encode(ClientAuthentication.ASSERTION_TYPE) + "&client_assertion="
                                + assertion.sign() + "&scope="
                                + HttpCalls.encode("https://vault.azure.net/.default"))
                .build());
    }

    @Test
    void regionalHost_askedForAnythingElse_isAViolation() {
        get("https://westus2.login.microsoft.com/" + TENANT + "/v2.0/.well-known/openid-configuration");
        routes.send(post(
                        "https://westus2.login.microsoft.com/" + TENANT + "/oauth2/v2.0/token",
                        SECRET_FORM.replace("client_credentials", "password"))
                .build());

        assertEquals(
                List.of(
                        "is for a document at a regional host",
                        "is for a regional host, which serves client_credentials only"),
                cloud.violations().stream().map(Violation::problem).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.contoso.example",
                "vault.azure.net",
                "westus2.login.microsoftonline.com",
                "microsoft.com",
                "evil-login.microsoft.com",
                "169.254.169.254"
            })
    void otherHost_isUnknown(String host) {
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> token(host));

        UnknownHostException cause = (UnknownHostException) failure.getCause();
        assertEquals(host + " is no sign-in host and has no route in the embedded cloud", cause.getMessage());
        assertTrue(network.requests().isEmpty());
    }

    @Test
    void unknownHost_routed_getsTokensButNoVoucher() {
        routes.route("Login.contoso.example", authority);

        assertEquals(200, token("login.contoso.example").status());
        assertEquals("login.contoso.example", authority.lastRequest().host());
        TransportResponse discovery = get(discovery("login.microsoftonline.com", "login.contoso.example"));
        assertEquals(400, discovery.status());
        assertEquals("invalid_instance", body(discovery).get("error"));
        cloud.assertNoViolations();
    }

    private static String discovery(String host, String about) {
        return "https://" + host + "/common/discovery/instance?api-version=1.1&authorization_endpoint="
                + HttpCalls.encode("https://" + about + "/" + TENANT + "/oauth2/v2.0/authorize");
    }

    @Test
    void registeredCloud_hasAVoucher() {
        authority.registerCloud("login.contoso.example", "sts.contoso.example");

        Map<String, Object> body = body(get(discovery("login.microsoftonline.com", "sts.contoso.example")));

        assertEquals(
                "https://sts.contoso.example/" + TENANT + "/v2.0/.well-known/openid-configuration",
                body.get("tenant_discovery_endpoint"));
        List<?> metadata = (List<?>) body.get("metadata");
        assertEquals(
                Map.of(
                        "preferred_network",
                        "login.contoso.example",
                        "preferred_cache",
                        "login.contoso.example",
                        "aliases",
                        List.of("login.contoso.example", "sts.contoso.example")),
                metadata.get(metadata.size() - 1));
        assertEquals(
                "login.windows.net", ((Map<?, ?>) metadata.get(0)).get("preferred_cache"), "the public cloud is first");
        assertEquals(200, token("westeurope.login.contoso.example").status());
        cloud.assertNoViolations();
    }

    @Test
    void discovery_askedOfTheHostInQuestion_isAViolation() {
        routes.route("login.contoso.example", authority);

        get(discovery("login.contoso.example", "login.contoso.example"));

        assertEquals(
                List.of("asks a host about itself that nobody vouches for"),
                cloud.violations().stream().map(Violation::problem).toList());
    }

    @Test
    void documents_nameTheHostThatWasAsked() {
        Map<String, Object> body =
                body(get("https://login.microsoftonline.us/" + TENANT + "/v2.0/.well-known/openid-configuration"));

        assertEquals("https://login.microsoftonline.us/" + TENANT + "/v2.0", body.get("issuer"));
        assertEquals("https://login.microsoftonline.us/" + TENANT + "/oauth2/v2.0/token", body.get("token_endpoint"));
    }

    @Test
    void endpointOverHttp_isReachedAtItsRealAddress() {
        routes.route("169.254.169.254", cloud.imds());

        TransportResponse response = routes.send(TransportRequest.get(URI.create(
                        "http://169.254.169.254/metadata/instance/compute/location?api-version=2020-06-01&format=text"))
                .header("Metadata", "true")
                .build());

        assertEquals("westus2", new String(response.body(), StandardCharsets.UTF_8));
        assertEquals("169.254.169.254", cloud.requests().get(0).host());
        cloud.assertNoViolations();
    }

    @Test
    void wrongProtocol_isRefused() {
        UncheckedIOException failure = assertThrows(
                UncheckedIOException.class, () -> get("http://login.microsoftonline.com/common/discovery/instance"));

        assertEquals(ConnectException.class, failure.getCause().getClass());
        assertEquals(
                "login.microsoftonline.com is served by authority over https only",
                failure.getCause().getMessage());
    }

    @Test
    void loopback_isLeftAlone() {
        TransportRequest request = TransportRequest.get(
                        cloud.imds().uri().resolve("/metadata/instance/compute?api-version=2020-06-01"))
                .header("Metadata", "true")
                .build();

        assertEquals(200, routes.send(request).status());
        assertEquals(List.of(request), network.requests());
    }

    @Test
    void request_keepsItsLimitsAndHeaders() {
        routes.send(post("https://login.microsoftonline.com:8443/" + TENANT + "/oauth2/v2.0/token", SECRET_FORM)
                .header("client-request-id", "x")
                .connectTimeout(Duration.ofSeconds(7))
                .timeout(Duration.ofSeconds(8))
                .build());

        TransportRequest sent = network.requests().get(0);
        assertEquals(Duration.ofSeconds(7), sent.connectTimeout());
        assertEquals(Duration.ofSeconds(8), sent.timeout());
        assertTrue(sent.direct());
        assertEquals("x", authority.lastRequest().header("client-request-id").orElseThrow());
        assertEquals("login.microsoftonline.com:8443", authority.lastRequest().host());
    }

    @Test
    void request_withTrustOfItsOwn_keepsIt() {
        TransportRequest request = post(
                        "https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token", SECRET_FORM)
                .sslSocketFactory(
                        CertificateAuthority.create("Other").sslContext().getSocketFactory())
                .build();

        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> routes.send(request));

        assertTrue(failure.getCause() instanceof SSLException, String.valueOf(failure.getCause()));
    }

    @Test
    void hostHeader_ofSomebodyElse_isAViolation() throws Exception {
        TransportRequest request = TransportRequest.get(
                        URI.create("https://localhost:" + authority.uri().getPort() + "/common/discovery/v2.0/keys"))
                .sslSocketFactory(authority.sslContext().getSocketFactory())
                .build();
        network.send(request);
        cloud.assertNoViolations();

        try (var socket = authority
                .sslContext()
                .getSocketFactory()
                .createSocket("127.0.0.1", authority.uri().getPort())) {
            socket.getOutputStream()
                    .write(("GET /common/discovery/v2.0/keys HTTP/1.1\r\nHost: login.microsoftonline.com\r\n"
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
        assertEquals(
                List.of("has a Host header that does not name this authority"),
                cloud.violations().stream().map(Violation::problem).toList());
    }
}
