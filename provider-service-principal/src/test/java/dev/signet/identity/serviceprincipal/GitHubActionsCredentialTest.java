// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A workflow of GitHub Actions. */
class GitHubActionsCredentialTest extends ApplicationFixture {
    private TestContext workflow;

    @BeforeEach
    void startWorkflow() {
        register(application().federatedCredential(cloud.gitHubActions().federatedCredential()));
        workflow = with(cloud.gitHubActions().environment());
    }

    private GitHubActionsCredential.Builder builder() {
        return GitHubActionsCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .context(workflow);
    }

    @Test
    void getToken_workflow_exchangesGitHubsStatement() {
        builder().build().getToken(REQUEST);

        RecordedRequest statement = cloud.gitHubActions().requests().get(0);
        assertEquals("GET", statement.method());
        assertEquals(Optional.of("api://AzureADTokenExchange"), statement.query("audience"));
        assertEquals(Optional.of("Bearer " + cloud.gitHubActions().requestToken()), statement.header("Authorization"));
        assertTrue(request(0).form("client_assertion").orElseThrow().startsWith("eyJ"));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "login.microsoftonline.us, api://AzureADTokenExchangeUSGov",
        "login.chinacloudapi.cn, api://AzureADTokenExchangeChina"
    })
    void getToken_sovereignCloud_hasItsOwnAudience(String host, String audience) {
        ClientAuthenticationException failure =
                failure(builder().authorityHost(host).build());

        assertEquals(
                Optional.of(audience), cloud.gitHubActions().requests().get(0).query("audience"));
        assertEquals(Optional.of("invalid_client"), failure.details().errorCode());
    }

    @Test
    void getToken_ownAudience_isSent() {
        failure(builder().audience("api://mine").build());

        assertEquals(
                Optional.of("api://mine"),
                cloud.gitHubActions().requests().get(0).query("audience"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"})
    void getToken_variableMissing_isUnavailable(String variable) {
        ClientAuthenticationException failure =
                localFailure(builder().context(workflow.env(variable, "")).build());

        assertInstanceOf(CredentialUnavailableException.class, failure);
        assertEquals(
                "GitHubActionsCredential: " + variable + " not set. Run inside GitHub Actions, and give the workflow"
                        + " 'permissions: id-token: write'.",
                failure.getMessage());
    }

    @Test
    void getToken_eachNetworkRequest_hasAFreshStatement() {
        GitHubActionsCredential credential = builder().build();
        credential.getToken(REQUEST);
        credential.getToken(REQUEST);
        credential.clearCache();
        credential.getToken(REQUEST);

        assertEquals(2, cloud.gitHubActions().requests().size());
        assertEquals(2, requests().size());
    }

    @Test
    void getToken_refused_tellsWhichPermission() {
        cloud.gitHubActions().enqueue(Reply.json(403, "{\"message\":\"Resource not accessible by integration\"}"));
        ClientAuthenticationException failure = failure(builder().build());

        assertEquals(
                "GitHubActionsCredential: the endpoint in ACTIONS_ID_TOKEN_REQUEST_URL answered with HTTP 403: Resource not"
                        + " accessible by integration. Give the workflow 'permissions: id-token: write', and run the job"
                        + " again.",
                failure.getMessage());
        assertEquals(Outcome.REJECTED, failure.outcome());
    }

    @Test
    void getToken_noStatement_isTold() {
        cloud.gitHubActions().enqueue(Reply.json(200, "{\"count\":1}"));

        assertTrue(failure(builder().build())
                .getMessage()
                .contains("the endpoint in ACTIONS_ID_TOKEN_REQUEST_URL answered without value."));
    }

    @Test
    void build_fromEnvironment_readsTenantAndClient() {
        TestContext job = with(cloud.gitHubActions().environment(application().build()));
        GitHubActionsCredential.builder().context(job).fromEnvironment().build().getToken(REQUEST);

        assertEquals(1, requests().size());
    }
}
