// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobEndpointTest {
    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final PipelinesEndpoint pipelines = cloud.azurePipelines();
    private final GitHubActionsEndpoint actions = cloud.gitHubActions();
    private final SSLContext tls = cloud.authority().sslContext();
    private final Application application = cloud.authority()
            .registerApplication(Application.builder("app")
                    .federatedCredential(pipelines.federatedCredential())
                    .federatedCredential(actions.federatedCredential())
                    .build());

    @AfterEach
    void close() {
        cloud.close();
    }

    private List<String> problems() {
        return cloud.violations().stream().map(Violation::problem).toList();
    }

    private String pipelinesUri() {
        return pipelines.uri() + "?api-version=7.1&serviceConnectionId=" + pipelines.serviceConnectionId();
    }

    private HttpCalls.Answer pipelines(String uri, String token, String... more) throws Exception {
        String[] headers = new String[more.length + 2];
        headers[0] = "Authorization";
        headers[1] = "Bearer " + token;
        System.arraycopy(more, 0, headers, 2, more.length);
        return HttpCalls.postNothing(tls, uri, headers);
    }

    private HttpCalls.Answer actions(String token, String parameters) throws Exception {
        return HttpCalls.get(tls, actions.uri() + parameters, "Authorization", token);
    }

    private void exchange(String assertion) throws Exception {
        HttpCalls.Answer answer = HttpCalls.post(
                tls,
                cloud.authority().uri() + application.tenantId() + "/oauth2/v2.0/token",
                "grant_type=client_credentials&client_id=app&client_assertion_type="
                        + HttpCalls.encode(ClientAuthentication.ASSERTION_TYPE) + "&client_assertion=" + assertion
                        + "&scope=" + HttpCalls.encode("https://vault.azure.net/.default"));
        assertEquals(200, answer.status(), answer.body());
    }

    @Test
    void pipelines_asked_givesATokenThatTheAuthorityTakes() throws Exception {
        HttpCalls.Answer answer = pipelines(
                pipelinesUri(),
                pipelines.systemAccessToken(),
                "X-TFS-FedAuthRedirect",
                "Suppress",
                "Content-Type",
                "application/json");

        assertEquals(200, answer.status());
        UUID.fromString(answer.header("x-vss-e2eid"));
        assertTrue(answer.header("x-msedge-ref").startsWith("Ref A: "));
        String token = (String) Json.readObject(answer.body()).get("oidcToken");
        Map<String, Object> claims = JwtSigner.claims(token);
        assertEquals(600.0, (double) claims.get("exp") - (double) claims.get("iat"));
        exchange(token);
        cloud.assertNoViolations();
    }

    @Test
    void pipelines_wrongToken_redirectsUnlessSuppressed() throws Exception {
        HttpCalls.Answer suppressed = pipelines(pipelinesUri(), "x", "X-TFS-FedAuthRedirect", "Suppress");
        assertEquals(401, suppressed.status());
        assertFalse(suppressed.header("x-vss-e2eid").isEmpty());
        cloud.assertNoViolations();

        HttpCalls.Answer redirected = pipelines(pipelinesUri(), "x");
        assertEquals(302, redirected.status());
        assertEquals("https://localhost:" + pipelines.uri().getPort() + "/_signin", redirected.header("Location"));
        assertFalse(redirected.header("x-vss-e2eid").isEmpty());
        assertEquals(List.of("lacks header X-TFS-FedAuthRedirect"), problems());
    }

    @ParameterizedTest(name = "{0}: {2}, {3}")
    @CsvSource({
        "api-version=7.1, api-version=7.0, 400, query has a wrong value of parameter api-version",
        "serviceConnectionId=, serviceConnectionId=x, 404,",
        "serviceConnectionId=, connection=, 404, query has unknown parameter connection; query lacks parameter"
                + " serviceConnectionId",
        "/oidctoken, /token, 404, is not for path",
    })
    void pipelines_askedWrongly_saysSo(String part, String instead, int status, String problems) throws Exception {
        HttpCalls.Answer answer = pipelines(
                pipelinesUri().replace(part, instead),
                pipelines.systemAccessToken(),
                "X-TFS-FedAuthRedirect",
                "Suppress");

        assertEquals(status, answer.status());
        assertTrue(
                String.join("; ", problems()).startsWith(problems == null ? "" : problems),
                problems().toString());
        assertEquals(problems == null, problems().isEmpty());
    }

    @Test
    void pipelines_bodyOrOtherMethod_isAViolation() throws Exception {
        String[] headers = {
            "Authorization", "Bearer " + pipelines.systemAccessToken(), "X-TFS-FedAuthRedirect", "Suppress"
        };

        HttpCalls.post(tls, pipelinesUri(), "x=y", headers);

        assertEquals(
                List.of("has a wrong value in header Content-Length", "has a content type that is not JSON"),
                problems());
        assertEquals(404, HttpCalls.get(tls, pipelinesUri(), headers).status());
    }

    @Test
    void pipelines_environment_isThatOfAJob() {
        assertEquals(
                Map.of(
                        "AZURE_AUTHORITY_HOST",
                        cloud.authority().uri().toString(),
                        "SYSTEM_OIDCREQUESTURI",
                        pipelines.uri().toString(),
                        "SYSTEM_ACCESSTOKEN",
                        pipelines.systemAccessToken(),
                        "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
                        pipelines.serviceConnectionId(),
                        "AZURESUBSCRIPTION_TENANT_ID",
                        application.tenantId(),
                        "AZURESUBSCRIPTION_CLIENT_ID",
                        "app"),
                pipelines.environment(application));
    }

    @Test
    void pipelines_faults_canBeOrdered() throws Exception {
        pipelines.enqueue(Reply.json(200, "{}"));

        assertEquals("{}", pipelines(pipelinesUri(), "x").body());
        assertEquals(1, pipelines.requests().size());
        assertNotEquals(0, pipelines.connections());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer"})
    void actions_asked_givesATokenThatTheAuthorityTakes(String scheme) throws Exception {
        HttpCalls.Answer answer = actions(
                scheme + " " + actions.requestToken(),
                "&audience=" + HttpCalls.encode(EmbeddedAuthority.TOKEN_EXCHANGE_AUDIENCE));

        Map<String, Object> body = Json.readObject(answer.body());
        assertEquals(200, answer.status());
        assertEquals((double) ((String) body.get("value")).length(), body.get("count"));
        exchange((String) body.get("value"));
        cloud.assertNoViolations();
    }

    @Test
    void actions_askedWithoutAudience_givesTheOwners() throws Exception {
        String token = (String)
                Json.readObject(actions("Bearer " + actions.requestToken(), "").body())
                        .get("value");

        assertEquals("https://github.com/contoso", JwtSigner.claims(token).get("aud"));
        cloud.assertNoViolations();
    }

    @Test
    void actions_askedWrongly_saysSo() throws Exception {
        assertEquals(401, actions("Bearer x", "&audience=a").status());
        cloud.assertNoViolations();

        assertEquals(401, HttpCalls.get(tls, actions.uri() + "&audience=a").status());
        actions("Bearer " + actions.requestToken(), "&audience=");
        actions("Bearer " + actions.requestToken(), "&aud=x");
        assertEquals(
                404,
                HttpCalls.get(
                                tls,
                                actions.uri()
                                        .resolve("/elsewhere?api-version=2.0")
                                        .toString(),
                                "Authorization",
                                "Bearer " + actions.requestToken())
                        .status());
        assertEquals(
                List.of(
                        "has no bearer token in header Authorization",
                        "query has a blank parameter audience",
                        "query has unknown parameter aud",
                        "is not for path " + actions.uri().getPath()),
                problems());
    }

    @Test
    void actions_environment_isThatOfAJob() {
        assertEquals(
                Map.of(
                        "AZURE_AUTHORITY_HOST",
                        cloud.authority().uri().toString(),
                        "AZURE_TENANT_ID",
                        application.tenantId(),
                        "AZURE_CLIENT_ID",
                        "app",
                        "ACTIONS_ID_TOKEN_REQUEST_URL",
                        actions.uri().toString(),
                        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                        actions.requestToken()),
                actions.environment(application));
    }
}
