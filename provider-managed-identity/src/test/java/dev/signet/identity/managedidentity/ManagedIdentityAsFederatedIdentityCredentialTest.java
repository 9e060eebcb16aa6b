// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.spi.TransportResponse;
import dev.signet.identity.testkit.HostedEndpoint;
import dev.signet.identity.testkit.ManagedIdentity;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedIdentityAsFederatedIdentityCredentialTest extends PodFixture {
    private static final String OUTSIDE_VALIDITY =
            "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700024: late\",\"error_codes\":[700024]}";

    private final HostedEndpoint imds = cloud.imds();

    @Test
    @DisplayName("F1 the managed identity's token is the assertion")
    void getToken_identityToken_isTheAssertion() {
        imds.always(ok("new-token"));

        ManagedIdentityAsFederatedIdentityCredential credential = federated(host());
        AccessToken token = credential.getToken(REQUEST);

        assertEquals(
                "api://AzureADTokenExchange",
                imds.lastRequest().query("resource").orElseThrow());
        assertEquals(
                "new-token",
                cloud.authority().lastRequest().form("client_assertion").orElseThrow());
        assertEquals(
                CLIENT_ID, cloud.authority().lastRequest().form("client_id").orElseThrow());
        assertEquals("ManagedIdentityAsFederatedIdentityCredential", token.credentialName());
        assertSame(token, credential.getTokenAsync(REQUEST).join());
        credential.clearCache();
        credential.getToken(REQUEST);
        assertEquals(2, requests());
        assertEquals(1, count(imds));
    }

    @ParameterizedTest(name = "F1 {0}: {1}")
    @CsvSource({
        "https://login.microsoftonline.com/, api://AzureADTokenExchange",
        "https://login.microsoftonline.us, api://AzureADTokenExchangeUSGov",
        "https://login.usgovcloudapi.net, api://AzureADTokenExchangeUSGov",
        "https://login.chinacloudapi.cn/, api://AzureADTokenExchangeChina",
        "https://login.partner.microsoftonline.cn/, api://AzureADTokenExchangeChina"
    })
    void getToken_cloud_decidesAudience(String authority, String audience) {
        TestContext context = host();
        SpyTransport spy = new SpyTransport(request -> new TransportResponse(
                200, Map.of(), "{\"access_token\":\"T\",\"expires_in\":3600}".getBytes(StandardCharsets.UTF_8)));

        builder(context.transport(spy)).authorityHost(authority).build().getToken(REQUEST);

        assertEquals(2, spy.requests().size());
        assertTrue(spy.requests().get(0).uri().getQuery().endsWith("resource=" + audience));
    }

    @Test
    @DisplayName("F1 AADSTS700024: the identity is asked once more")
    void getToken_assertionExpired_asksIdentityOnceMore() {
        imds.enqueue(ok("pod-token"), ok("new-token"));
        cloud.authority().enqueue(Reply.json(401, OUTSIDE_VALIDITY));

        federated(host()).getToken(REQUEST);

        assertEquals(2, count(imds));
        assertEquals(
                "new-token",
                cloud.authority().lastRequest().form("client_assertion").orElseThrow());
    }

    @Test
    @DisplayName("F1 AADSTS700024 and the same assertion again: Failed")
    void getToken_assertionExpiredForGood_fails() {
        imds.always(ok("pod-token"));
        cloud.authority().always(Reply.json(401, OUTSIDE_VALIDITY));

        Expect.FAILED_FAILED.check(failure(federated(host())));

        assertEquals(1, requests());
        assertEquals(2, count(imds));
    }

    @Test
    void getToken_noIdentityOnHost_failsAsManagedIdentity() {
        imds.identities().systemAssigned(false);

        ClientAuthenticationException failure = failure(federated(host()));

        assertEquals("ManagedIdentityCredential", failure.credentialName());
        assertEquals(0, requests());
    }

    @Test
    void asChainMember_identityOnMachine_probesFirst() {
        TestContext context = inPod(Map.of())
                .setting("imdsEndpoint", imds.uri().toString())
                .authorityHost(cloud.authority().uri());
        ManagedIdentityAsFederatedIdentityCredential credential = federated(context);
        imds.always(Reply.html(403, "<html></html>"));

        Expect.UNAVAILABLE.check(failure(credential.asChainMember()));

        assertEquals(1, count(imds));
        assertSame(credential.asChainMember(), credential.asChainMember());
        credential.clearCache();
    }

    @ParameterizedTest(name = "identity named by {0}")
    @CsvSource({"client_id", "object_id", "msi_res_id"})
    void getToken_namedIdentity_isAsked(String parameter) {
        ManagedIdentity assigned = ManagedIdentity.named("assigned");
        imds.identities().add(assigned);
        imds.always(ok("pod-token"));
        ManagedIdentityId id =
                switch (parameter) {
                    case "client_id" -> ManagedIdentityId.clientId(assigned.clientId());
                    case "object_id" -> ManagedIdentityId.objectId(assigned.objectId());
                    default -> ManagedIdentityId.resourceId(assigned.resourceId());
                };

        builder(host()).managedIdentityId(id).audience("api://own").build().getToken(REQUEST);

        assertTrue(imds.lastRequest().query(parameter).isPresent());
        assertEquals("api://own", imds.lastRequest().query("resource").orElseThrow());
    }

    @Test
    void getToken_otherTenant_onlyIfAllowed() {
        imds.always(ok("pod-token"));
        ManagedIdentityAsFederatedIdentityCredential closed = federated(host());
        ManagedIdentityAsFederatedIdentityCredential open = builder(host())
                .additionallyAllowedTenants(List.of(OTHER_TENANT))
                .build();

        assertThrows(ClientAuthenticationException.class, () -> closed.getToken(REQUEST.withTenantId(OTHER_TENANT)));
        assertTrue(closed.getTokenAsync(REQUEST.withTenantId(OTHER_TENANT)).isCompletedExceptionally());
        open.getToken(REQUEST.withTenantId(OTHER_TENANT));

        assertEquals(
                "/" + OTHER_TENANT + "/oauth2/v2.0/token",
                cloud.authority().lastRequest().path());
    }

    @Test
    void build_applicationNotNamed_isRefused() {
        ManagedIdentityAsFederatedIdentityCredential.Builder nothing =
                ManagedIdentityAsFederatedIdentityCredential.builder().context(host());

        assertEquals(
                "ManagedIdentityAsFederatedIdentityCredential: tenantId and clientId of the application must be set",
                assertThrows(IllegalStateException.class, nothing::build).getMessage());
        assertThrows(IllegalStateException.class, nothing.tenantId(TENANT).clientId(" ")::build);
        assertEquals(
                "ManagedIdentityAsFederatedIdentityCredential",
                federated(host()).toString());
    }

    private TestContext host() {
        return inPod(imds.environment()).authorityHost(cloud.authority().uri());
    }

    private static ManagedIdentityAsFederatedIdentityCredential.Builder builder(TestContext context) {
        return ManagedIdentityAsFederatedIdentityCredential.builder()
                .context(context)
                .tenantId(TENANT)
                .clientId(CLIENT_ID);
    }

    private static ManagedIdentityAsFederatedIdentityCredential federated(TestContext context) {
        return builder(context).build();
    }
}
