// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows AP01 to AP05: a job of Azure Pipelines. */
class AzurePipelinesCredentialTest extends ApplicationFixture {
    private TestContext job;

    @BeforeEach
    void startJob() {
        register(application().federatedCredential(cloud.azurePipelines().federatedCredential()));
        job = with(cloud.azurePipelines().environment());
    }

    private AzurePipelinesCredential.Builder builder() {
        return AzurePipelinesCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .serviceConnectionId(cloud.azurePipelines().serviceConnectionId())
                .systemAccessToken(cloud.azurePipelines().systemAccessToken())
                .context(job);
    }

    private String address() {
        return job.environment().get("SYSTEM_OIDCREQUESTURI").orElseThrow();
    }

    @Test
    @DisplayName("AP01 both requests, header by header")
    void getToken_job_exchangesThePipelinesStatement() {
        builder().build().getToken(REQUEST);

        RecordedRequest statement = cloud.azurePipelines().requests().get(0);
        assertEquals("POST", statement.method());
        assertEquals(URI.create(address()).getPath(), statement.path());
        assertEquals(Optional.of("7.1"), statement.query("api-version"));
        assertEquals(Optional.of(cloud.azurePipelines().serviceConnectionId()), statement.query("serviceConnectionId"));
        assertEquals(
                Optional.of("Bearer " + cloud.azurePipelines().systemAccessToken()), statement.header("Authorization"));
        assertEquals(Optional.of("Suppress"), statement.header("X-TFS-FedAuthRedirect"));
        assertEquals(Optional.of("application/json"), statement.header("Content-Type"));
        assertEquals(Optional.of("0"), statement.header("Content-Length"));
        assertEquals("login.microsoftonline.com", request(0).host());
        assertTrue(request(0).form("client_assertion").orElseThrow().startsWith("eyJ"));
    }

    @Test
    void getToken_addressWithSlash_isTheSame() {
        TestContext slashed = job.env("SYSTEM_OIDCREQUESTURI", address() + "/");
        builder().context(slashed).build().getToken(REQUEST);

        assertEquals(1, requests().size());
    }

    @Test
    @DisplayName("AP02 outside a pipeline")
    void getToken_noAddress_isUnavailable() {
        ClientAuthenticationException failure =
                localFailure(builder().context(context).build());

        assertInstanceOf(CredentialUnavailableException.class, failure);
        assertEquals(
                "AzurePipelinesCredential: SYSTEM_OIDCREQUESTURI not set. Run inside Azure Pipelines, whose agent sets it.",
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://dev.azure.com/x", "not a uri", "https://", "https://user@dev.azure.com/"})
    void getToken_addressNotHttps_isToldWithoutTheValue(String address) {
        ClientAuthenticationException failure = localFailure(
                builder().context(job.env("SYSTEM_OIDCREQUESTURI", address)).build());

        assertEquals(
                "AzurePipelinesCredential: SYSTEM_OIDCREQUESTURI is not an https address. Leave it as the build service"
                        + " sets it.",
                failure.getMessage());
        assertEquals(Outcome.MISCONFIGURED, failure.outcome());
    }

    @Test
    @DisplayName("AP03 the sign-in page")
    void getToken_redirect_isNotFollowed() {
        cloud.azurePipelines().enqueue(Reply.redirect(URI.create("https://login.microsoftonline.com/signin")));
        ClientAuthenticationException failure = failure(builder().build());

        assertEquals(List.of(), requests());
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertTrue(failure.getMessage().contains("HTTP 302"), failure.getMessage());
        assertTrue(failure.getMessage()
                .endsWith("Check the system access token: map $(System.AccessToken) to SYSTEM_ACCESSTOKEN, and let the"
                        + " pipeline use the service connection."));
    }

    @Test
    @DisplayName("AP03 the sign-in page itself")
    void getToken_html_isNotQuoted() {
        cloud.azurePipelines().enqueue(Reply.html(200, "<html>sign in</html>"));

        assertEquals(
                "AzurePipelinesCredential: the endpoint in SYSTEM_OIDCREQUESTURI answered with HTTP 200, but not in JSON."
                        + " Check the system access token: map $(System.AccessToken) to SYSTEM_ACCESSTOKEN, and let the"
                        + " pipeline use the service connection.",
                failure(builder().build()).getMessage());
    }

    @Test
    void getToken_wrongAccessToken_isRefusedByThePipeline() {
        ClientAuthenticationException failure =
                failure(builder().systemAccessToken("wr0ng-token").build());
        cloud.allowViolations();

        assertEquals(Outcome.REJECTED, failure.outcome());
        assertFalse(failure.getMessage().contains("wr0ng"));
    }

    @Test
    @DisplayName("AP04 an error with the ids by which support finds it")
    void getToken_serverError_tellsStatusAndIds() {
        cloud.azurePipelines()
                .enqueue(Reply.text(500, "no such connection")
                        .header("x-vss-e2eid", "11111111-aaaa")
                        .header("x-msedge-ref", "Ref A: 42"));
        ClientAuthenticationException failure = failure(builder().build());

        assertEquals(1, cloud.azurePipelines().requests().size());
        assertEquals(
                "AzurePipelinesCredential: the endpoint in SYSTEM_OIDCREQUESTURI answered with HTTP 500: no such"
                        + " connection, x-vss-e2eid 11111111-aaaa, x-msedge-ref Ref A: 42. Try again later.",
                failure.getMessage());
        assertEquals(OptionalInt.of(500), failure.details().httpStatus());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"oidcToken\":\"\"}", "{\"oidcToken\":null}", "{\"oidcToken\":7}"})
    @DisplayName("AP05 an answer without the statement")
    void getToken_noStatement_isTold(String body) {
        cloud.azurePipelines().enqueue(Reply.json(200, body));
        ClientAuthenticationException failure = failure(builder().build());

        assertEquals(
                "AzurePipelinesCredential: the endpoint in SYSTEM_OIDCREQUESTURI answered without oidcToken. Try again;"
                        + " tell the build service's support if it stays so.",
                failure.getMessage());
    }

    @ParameterizedTest(name = "HTTP {0}: {1} requests")
    @CsvSource({"503, 2", "429, 2", "401, 1", "403, 1"})
    void getToken_status_isRepeatedWhereItHelps(int status, int requests) {
        cloud.azurePipelines().enqueue(Reply.status(status));
        try {
            builder().build().getToken(REQUEST);
        } catch (ClientAuthenticationException refused) {
            assertEquals(Outcome.REJECTED, refused.outcome());
        }

        assertEquals(requests, cloud.azurePipelines().requests().size());
    }

    @Test
    void getToken_connectionLost_isTransient() {
        cloud.azurePipelines().always(Reply.reset());
        ClientAuthenticationException failure = failure(builder().build());

        assertEquals(
                "AzurePipelinesCredential: the endpoint in SYSTEM_OIDCREQUESTURI gave no answer. Check the network of the"
                        + " build agent.",
                failure.getMessage());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
    }

    @Test
    void getToken_accessTokenWithLineBreak_isToldBeforeAnyRequest() {
        ClientAuthenticationException failure =
                localFailure(builder().systemAccessToken("a\r\nX: b").build());

        assertEquals(
                "AzurePipelinesCredential: the job's own token has characters that no token has. Leave it as the build"
                        + " service sets it.",
                failure.getMessage());
    }

    @Test
    void getToken_eachNetworkRequest_hasAFreshStatement() {
        AzurePipelinesCredential credential = builder()
                .systemAccessTokenSupplier(cloud.azurePipelines()::systemAccessToken)
                .build();
        credential.getToken(REQUEST);
        credential.getToken(REQUEST);
        credential.clearCache();
        credential.getToken(REQUEST);

        assertEquals(2, cloud.azurePipelines().requests().size());
    }

    @Test
    void build_fromEnvironment_readsWhatTheTasksSet() {
        Application known = application().build();
        TestContext task = with(cloud.azurePipelines().environment(known))
                .env("SYSTEM_ACCESSTOKEN", cloud.azurePipelines().systemAccessToken())
                .env(
                        "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
                        cloud.azurePipelines().serviceConnectionId());
        AzurePipelinesCredential.builder()
                .context(task)
                .fromEnvironment()
                .build()
                .getToken(REQUEST);

        assertEquals(1, requests().size());
    }

    @Test
    void build_nothingSet_namesEverything() {
        AzurePipelinesCredential.Builder empty =
                AzurePipelinesCredential.builder().context(context);
        assertEquals(
                "AzurePipelinesCredential: tenantId, clientId, serviceConnectionId, systemAccessToken must be set in the"
                        + " builder",
                assertThrows(IllegalArgumentException.class, empty::build).getMessage());
        assertEquals(
                List.of(
                        "AZURESUBSCRIPTION_TENANT_ID",
                        "AZURESUBSCRIPTION_CLIENT_ID",
                        "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
                        "SYSTEM_ACCESSTOKEN"),
                empty.fromEnvironment().missing());
        assertEquals(Map.of(), context.environment().variables());
    }
}
