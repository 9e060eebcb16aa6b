// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.testkit.HostedEndpoint;
import dev.signet.identity.testkit.ManagedIdentity;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireContractTest extends CloudFixture {
    private static final ManagedIdentity ASSIGNED = ManagedIdentity.named("assigned identity");

    @BeforeEach
    void assign() {
        for (HostedEndpoint endpoint :
                List.of(cloud.imds(), cloud.appService(), cloud.azureMl(), cloud.serviceFabric(), cloud.arc())) {
            endpoint.identities().add(ASSIGNED);
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "S1, imds, none, ''",
        "S2, imds, client, client_id",
        "S3, imds, object, object_id",
        "S4, imds, resource, msi_res_id",
        "S5, app-service, none, ''",
        "S6, app-service, client, client_id",
        "S7, app-service, object, object_id",
        "S8, app-service, resource, mi_res_id",
        "S11, azure-ml, none, ''",
        "S12, azure-ml, client, clientid",
        "S16, service-fabric, none, ''",
        "S18, service-fabric, object, principalId"
    })
    void getToken_source_sendsWireContract(String row, String source, String kind, String parameter) {
        HostedEndpoint endpoint = endpoint(source);
        endpoint.always(ok("T"));
        TestContext context = on(endpoint).env("AZURE_CLIENT_ID", CLIENT_ID);

        assertEquals("T", credential(context, kind).getToken(REQUEST).token());

        RecordedRequest request = endpoint.lastRequest();
        Map<String, List<String>> expected = new TreeMap<>();
        expected.put("api-version", List.of(apiVersion(source)));
        expected.put("resource", List.of(RESOURCE));
        if (!parameter.isEmpty()) {
            expected.put(parameter, List.of(value(kind)));
        }
        assertEquals("GET", request.method());
        assertEquals(expected, new TreeMap<>(request.query()));
        assertEquals("application/json", request.header("Accept").orElseThrow());
        assertTrue(request.header("Accept-Encoding").isEmpty());
        assertEquals(1, count(endpoint));
    }

    @ParameterizedTest(name = "{0} {1} {2}: no request")
    @CsvSource({
        "S13, azure-ml, object",
        "S13, azure-ml, resource",
        "S15, cloud-shell, client",
        "S15, cloud-shell, object",
        "S15, cloud-shell, resource",
        "S17, service-fabric, client",
        "S17, service-fabric, resource"
    })
    void getToken_sourceCannotNameIdentity_isUnavailable(String row, String source, String kind) {
        HostedEndpoint endpoint = endpoint(source);

        ClientAuthenticationException failure = failure(credential(on(endpoint), kind));

        Expect.UNAVAILABLE.check(failure);
        assertEquals(0, endpoint.connections());
    }

    @Test
    @DisplayName("S1 S5 headers")
    void getToken_imdsAndAppService_sendTheirHeaders() {
        direct(on(cloud.imds())).getToken(REQUEST);
        direct(on(cloud.appService())).getToken(REQUEST);

        assertEquals("true", cloud.imds().lastRequest().header("Metadata").orElseThrow());
        RecordedRequest appService = cloud.appService().lastRequest();
        assertEquals(
                cloud.appService().environment().get("IDENTITY_HEADER"),
                appService.header("X-IDENTITY-HEADER").orElseThrow());
        assertTrue(appService.header("secret").isEmpty());
    }

    @ParameterizedTest(name = "S9 {0}")
    @CsvSource({"?a=b, a=b&api-version=2019-08-01&", "?, api-version=2019-08-01&"})
    void getToken_endpointHasQuery_isKept(String suffix, String start) {
        cloud.appService().script().allowParameters("a");
        TestContext context = on(cloud.appService())
                .env("IDENTITY_ENDPOINT", cloud.appService().uri() + suffix);

        direct(context).getToken(REQUEST);

        String query = cloud.appService().lastRequest().rawQuery().orElseThrow();
        assertTrue(query.startsWith(start), query);
    }

    @Test
    @DisplayName("S10 Azure ML, default identity")
    void getToken_azureMlWithDefault_sendsIt() {
        TestContext context = on(cloud.azureMl()).env("DEFAULT_IDENTITY_CLIENT_ID", ASSIGNED.clientId());

        direct(context).getToken(REQUEST);

        RecordedRequest request = cloud.azureMl().lastRequest();
        assertEquals(ASSIGNED.clientId(), request.query("clientid").orElseThrow());
        assertTrue(request.header("secret").isPresent());
    }

    @Test
    @DisplayName("S12 Azure ML, the id in code beats the default")
    void getToken_azureMlWithDefaultAndId_sendsId() {
        TestContext context = on(cloud.azureMl()).env("DEFAULT_IDENTITY_CLIENT_ID", CLIENT_ID);

        credential(context, "client").getToken(REQUEST);

        assertEquals(
                List.of(ASSIGNED.clientId()),
                cloud.azureMl().lastRequest().query().get("clientid"));
    }

    @Test
    @DisplayName("S14 Cloud Shell")
    void getToken_cloudShell_postsForm() {
        direct(on(cloud.cloudShell())).getToken(REQUEST);

        RecordedRequest request = cloud.cloudShell().lastRequest();
        assertEquals("POST", request.method());
        assertEquals("resource=https%3A%2F%2Fvault.azure.net", request.bodyText());
        assertEquals(
                "application/x-www-form-urlencoded",
                request.header("Content-Type").orElseThrow());
        assertEquals("true", request.header("Metadata").orElseThrow());
        assertTrue(request.rawQuery().isEmpty());
    }

    @ParameterizedTest(name = "{0} Arc {1}")
    @CsvSource({"S22, none, ''", "S23, client, client_id", "S25, object, object_id", "S26, resource, msi_res_id"})
    void getToken_arc_answersChallenge(String row, String kind, String parameter) {
        cloud.arc().nextKey("the-key");

        credential(onArc(), kind).getToken(REQUEST);

        assertEquals(2, count(cloud.arc()));
        for (RecordedRequest request : cloud.arc().requests()) {
            assertEquals("2020-06-01", request.query("api-version").orElseThrow());
            assertEquals("true", request.header("Metadata").orElseThrow());
            if (!parameter.isEmpty()) {
                assertEquals(value(kind), request.query(parameter).orElseThrow());
            }
        }
        assertTrue(cloud.arc().requests().get(0).header("Authorization").isEmpty());
        assertEquals(
                "Basic the-key",
                cloud.arc().requests().get(1).header("Authorization").orElseThrow());
    }

    @ParameterizedTest(name = "{0} Arc {1} echoes {2}")
    @CsvSource({"S23, client, client_id", "S26, resource, mi_res_id"})
    void getToken_arcEchoInOtherCase_isConfirmed(String row, String kind, String echo) {
        cloud.arc().always(Reply.token(body("T").withText(echo, value(kind).toUpperCase(java.util.Locale.ROOT))));

        assertEquals("T", credential(onArc(), kind).getToken(REQUEST).token());
    }

    @ParameterizedTest(name = "S24 Arc {0}, echo {1}")
    @CsvSource({"client, missing", "client, differs", "object, missing", "resource, differs"})
    void getToken_arcDoesNotConfirmIdentity_failsAndCachesNothing(String kind, String echo) {
        Reply answer = echo.equals("missing")
                ? ok("T")
                : Reply.token(body("T")
                        .withText("client_id", OBJECT_ID)
                        .withText("object_id", CLIENT_ID)
                        .withText("msi_res_id", "/subscriptions/other"));
        cloud.arc().always(answer);
        ManagedIdentityCredential credential = credential(onArc(), kind);

        Expect.FAILED_FAILED.check(failure(credential));
        Expect.FAILED_FAILED.check(failure(credential));

        assertEquals(2, count(cloud.arc()));
    }

    @Test
    @DisplayName("S24 an agent that knows no user-assigned identities")
    void getToken_oldArcAgent_fails() {
        cloud.arc().userAssignedSupported(false);

        Expect.FAILED_FAILED.check(failure(credential(onArc(), "client")));
    }

    @Test
    @DisplayName("D9 Arc without variables: default endpoint")
    void arc_withoutVariables_hasDefaultEndpoint() {
        assertEquals("http://127.0.0.1:40342/metadata/identity/oauth2/token", ArcSource.DEFAULT_ENDPOINT);
    }

    @Test
    @DisplayName("S27 two ids")
    void build_twoIds_isRefused() {
        ManagedIdentityCredential.Builder builder =
                ManagedIdentityCredential.builder().context(on(cloud.imds())).clientId(CLIENT_ID);

        IllegalStateException objectToo = assertThrows(IllegalStateException.class, builder.objectId(OBJECT_ID)::build);
        assertEquals(
                "ManagedIdentityCredential: only one of clientId, objectId and resourceId can choose the identity; keep"
                        + " the one you have at hand",
                objectToo.getMessage());
    }

    @ParameterizedTest(name = "S27 blank {0}")
    @CsvSource({"clientId", "objectId", "resourceId"})
    void build_blankId_isRefused(String setting) {
        ManagedIdentityCredential.Builder builder =
                ManagedIdentityCredential.builder().context(on(cloud.imds()));
        switch (setting) {
            case "clientId" -> builder.clientId(" ");
            case "objectId" -> builder.objectId(" ");
            default -> builder.resourceId("");
        }

        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(failure.getMessage().contains(setting), failure::getMessage);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "C1, https://vault.azure.net/.default, https://vault.azure.net",
        "C2, https://x//.default, https://x/",
        "C3, https://x, https://x",
        "C4, api://abc/.default, api://abc",
        "C5, https://x/.default/y, https://x/.default/y",
        "C6, .default, .default",
        "C9, https://x?a=1&client_id=evil#/.default, https://x?a=1&client_id=evil#",
        "C9, https://xä€%20/.default, https://xä€%20"
    })
    void getToken_scope_becomesResource(String row, String scope, String resource) {
        direct(on(cloud.imds())).getToken(TokenRequestContext.of(scope));
        direct(on(cloud.cloudShell())).getToken(TokenRequestContext.of(scope));

        assertEquals(List.of(resource), cloud.imds().lastRequest().query().get("resource"));
        assertEquals(List.of(resource), cloud.cloudShell().lastRequest().form().get("resource"));
        assertTrue(cloud.imds().lastRequest().query("client_id").isEmpty());
    }

    @Test
    @DisplayName("C7 no scope, a null or a blank one")
    void getToken_blankScope_isRefusedBeforeAnyCredential() {
        assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> TokenRequestContext.of(" "));
        assertThrows(NullPointerException.class, () -> TokenRequestContext.of((String) null));
    }

    @Test
    @DisplayName("C8 two scopes")
    void getToken_twoScopes_isRefused() {
        TokenCredential credential = direct(on(cloud.imds()));
        TokenRequestContext two = TokenRequestContext.of("https://a/.default", "https://b/.default");

        assertThrows(IllegalArgumentException.class, () -> credential.getToken(two));
        assertTrue(credential.getTokenAsync(two).isCompletedExceptionally());
        assertEquals(0, cloud.imds().connections());
    }

    @Test
    void getToken_tenantInRequest_isNotLookedAt() {
        ManagedIdentityCredential credential = direct(on(cloud.imds()));

        credential.getToken(REQUEST);
        credential.getToken(REQUEST.withTenantId("some-tenant"));

        assertEquals(1, count(cloud.imds()));
    }

    private static ManagedIdentityCredential credential(ProviderContext context, String kind) {
        ManagedIdentityCredential.Builder builder =
                ManagedIdentityCredential.builder().context(context);
        switch (kind) {
            case "client" -> builder.clientId(ASSIGNED.clientId());
            case "object" -> builder.objectId(ASSIGNED.objectId());
            case "resource" -> builder.resourceId(ASSIGNED.resourceId());
            default -> {}
        }
        return builder.build();
    }

    private static String value(String kind) {
        return switch (kind) {
            case "client" -> ASSIGNED.clientId();
            case "object" -> ASSIGNED.objectId();
            default -> ASSIGNED.resourceId();
        };
    }

    private HostedEndpoint endpoint(String name) {
        return switch (name) {
            case "imds" -> cloud.imds();
            case "app-service" -> cloud.appService();
            case "azure-ml" -> cloud.azureMl();
            case "cloud-shell" -> cloud.cloudShell();
            default -> cloud.serviceFabric();
        };
    }

    private static String apiVersion(String source) {
        return switch (source) {
            case "imds" -> "2018-02-01";
            case "app-service" -> "2019-08-01";
            case "azure-ml" -> "2017-09-01";
            default -> "2019-07-01-preview";
        };
    }

    @Test
    void identity_fromContext_isUsed() {
        TestContext byClientId = on(cloud.imds()).clientId(ASSIGNED.clientId());
        TestContext byObjectId = on(cloud.imds()).managedIdentityId(ManagedIdentityId.objectId(ASSIGNED.objectId()));

        direct(byClientId).getToken(REQUEST);
        assertEquals(
                ASSIGNED.clientId(),
                cloud.imds().lastRequest().query("client_id").orElseThrow());
        direct(byObjectId).getToken(REQUEST);
        assertEquals(
                ASSIGNED.objectId(),
                cloud.imds().lastRequest().query("object_id").orElseThrow());
    }
}
