// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.testkit.internal.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceEndpointTest {
    private static final String NBF = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";

    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final EmbeddedAuthority authority = cloud.authority();
    private final ResourceEndpoint resource = cloud.resource();
    private final Application application = authority.registerApplication(
            Application.builder("app").secret("s3cret").build());
    private final SSLContext tls = authority.sslContext();

    @AfterEach
    void close() {
        cloud.close();
    }

    private String token(String claims) throws Exception {
        HttpCalls.Answer answer = HttpCalls.post(
                tls,
                authority.uri() + EmbeddedAuthority.DEFAULT_TENANT + "/oauth2/v2.0/token",
                "grant_type=client_credentials&client_id=app&client_secret=s3cret&scope="
                        + HttpCalls.encode(resource.scope())
                        + (claims.isEmpty() ? "" : "&claims=" + HttpCalls.encode(claims)));
        assertEquals(200, answer.status(), answer.body());
        return (String) Json.readObject(answer.body()).get("access_token");
    }

    private HttpCalls.Answer call(String token) throws Exception {
        return HttpCalls.get(tls, resource.uri() + "orders?id=1", "Authorization", "Bearer " + token);
    }

    private String challenge(String error) {
        return "Bearer realm=\"\", authorization_uri=\"" + authority.uri() + EmbeddedAuthority.DEFAULT_TENANT
                + "/oauth2/v2.0/authorize\"" + error;
    }

    @Test
    void request_withToken_isAnswered() throws Exception {
        HttpCalls.Answer answer = call(token(""));

        assertEquals(200, answer.status());
        assertEquals("{\"appid\":\"app\",\"oid\":\"" + application.objectId() + "\"}", answer.body());
        assertEquals("/orders", resource.lastRequest().path());
        assertEquals("https://localhost:" + resource.uri().getPort(), resource.audience());
        cloud.assertNoViolations();
    }

    @Test
    void request_withoutToken_isChallenged() throws Exception {
        HttpCalls.Answer answer = HttpCalls.get(tls, resource.uri().toString());

        assertEquals(401, answer.status());
        assertEquals(challenge(""), answer.header("WWW-Authenticate"));
        cloud.assertNoViolations();
    }

    @Test
    void token_thatWillNotDo_isInvalid() throws Exception {
        String token = token("");
        String invalid = challenge(", error=\"invalid_token\"");

        assertEquals(invalid, call("opaque").header("WWW-Authenticate"));
        assertEquals(
                invalid,
                call(token.substring(0, token.lastIndexOf('.') + 1) + "AAAA").header("WWW-Authenticate"));
        resource.audience("https://vault.azure.net");
        assertEquals(invalid, call(token).header("WWW-Authenticate"));
        cloud.reset();
        assertEquals(200, call(token).status());
        cloud.clock().advance(Duration.ofHours(1));
        assertEquals(invalid, call(token).header("WWW-Authenticate"));
    }

    @Test
    void claims_required_areChallengedUntilTheTokenHasThem() throws Exception {
        String first = token("");
        resource.requireClaims(NBF);

        String header = call(first).header("WWW-Authenticate");

        String start = challenge(", error=\"insufficient_claims\", claims=\"");
        assertTrue(header.startsWith(start), header);
        String encoded = header.substring(start.length(), header.length() - 1);
        String claims = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        assertEquals(NBF, claims);
        assertEquals(200, call(token(claims)).status());
        cloud.assertNoViolations();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"},\"xms_cc\":{\"values\":[\"CP1\"]}}}",
                "{\"access_token\":{\"nbf\":{\"value\":\"1\",\"essential\":true,\"reason\":\"x\"}},\"id_token\":{}}"
            })
    void claims_amongMore_willDo(String claims) throws Exception {
        resource.requireClaims(NBF);

        assertEquals(200, call(token(claims)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"2\"}}}",
                "{\"access_token\":{\"nbf\":null}}",
                "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}",
                "{\"id_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}"
            })
    void claims_others_willNotDo(String claims) throws Exception {
        resource.requireClaims(NBF);

        assertEquals(401, call(token(claims)).status());
    }

    @Test
    void claims_withValues_needEachOfThem() throws Exception {
        resource.requireClaims("{\"access_token\":{\"acrs\":{\"values\":[\"c1\",\"c2\"]}}}");

        assertEquals(
                401,
                call(token("{\"access_token\":{\"acrs\":{\"values\":[\"c1\"]}}}"))
                        .status());
        assertEquals(
                200,
                call(token("{\"access_token\":{\"acrs\":{\"values\":[\"c3\",\"c2\",\"c1\"]}}}"))
                        .status());
    }

    @Test
    void claims_ofOneApplication_areOnlyItsOwn() throws Exception {
        resource.requireClaims(Application.builder("other").build(), NBF);
        assertEquals(200, call(token("")).status());

        resource.requireClaims(application, NBF);
        assertEquals(401, call(token("")).status());
        cloud.reset();
        assertEquals(200, call(token("")).status());
    }

    @Test
    void claims_malformed_areRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> resource.requireClaims("[]"));
        assertThrows(IllegalArgumentException.class, () -> resource.requireClaims(application, "x"));
        assertTrue(resource.environment().isEmpty());
    }

    @Test
    void resource_underItsRealName_isReachedThroughRoutes() throws Exception {
        resource.audience("https://vault.azure.net");
        HostRoutes routes = cloud.routes(new LocalTransport()).route("orders.vault.azure.net", resource);

        int status = routes.send(TransportRequest.get(URI.create("https://orders.vault.azure.net/secrets/x"))
                        .header("Authorization", "Bearer " + token(""))
                        .build())
                .status();

        assertEquals(200, status);
        assertEquals("orders.vault.azure.net", resource.lastRequest().host());
        assertEquals(
                "orders.vault.azure.net", resource.lastRequest().serverName().orElseThrow());
    }

    @Test
    void basicAuthorization_isAViolation() throws Exception {
        HttpCalls.get(tls, resource.uri().toString(), "Authorization", "Basic x");

        assertEquals(
                List.of("has no bearer token in header Authorization"),
                cloud.violations().stream().map(Violation::problem).toList());
    }
}
