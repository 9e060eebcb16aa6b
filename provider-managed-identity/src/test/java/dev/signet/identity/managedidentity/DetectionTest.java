// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.managedidentity.internal.ManagedIdentityCredentialProvider;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.ManagedIdentity;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionTest extends CloudFixture {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "D17 {0}")
    @ValueSource(
            strings = {
                "not a uri",
                "169.254.169.254",
                "foo",
                "ftp://host/x",
                "http://user@host/x",
                "http://host/#f",
                "http:///path"
            })
    void getToken_malformedEndpoint_namesVariableOnly(String endpoint) {
        TestContext context = with(Map.of("IDENTITY_ENDPOINT", endpoint, "IDENTITY_HEADER", "header"));

        for (TokenCredential credential : new TokenCredential[] {direct(context), chained(context)}) {
            ClientAuthenticationException failure = failure(credential);
            Expect.FAILED_UNAVAILABLE.check(failure);
            assertTrue(failure.getMessage().contains("IDENTITY_ENDPOINT"), failure::getMessage);
            assertFalse(failure.getMessage().contains(endpoint), failure::getMessage);
        }
    }

    @Test
    @DisplayName("D18 pod identity host with a trailing slash: path appended, no probe")
    void getToken_podIdentityHost_appendsPath() {
        TestContext context =
                with(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", cloud.imds().uri() + "/"));

        AccessToken token = chained(context).getToken(REQUEST);

        assertEquals("ManagedIdentityCredential", token.credentialName());
        assertEquals(1, count(cloud.imds()));
        assertEquals(
                "/metadata/identity/oauth2/token", cloud.imds().lastRequest().path());
    }

    @Test
    @DisplayName("D19 environment changes between calls: detected anew, other cache")
    void getToken_environmentChanges_usesOtherSource() {
        TestContext context = on(cloud.appService());
        ManagedIdentityCredential credential = direct(context);
        AccessToken first = credential.getToken(REQUEST);

        context.environment(cloud.imds().environment());
        AccessToken second = credential.getToken(REQUEST);
        context.environment(cloud.appService().environment());
        AccessToken third = credential.getToken(REQUEST);

        assertNotEquals(first, second);
        assertEquals(first, third);
        assertEquals(1, count(cloud.appService()));
        assertEquals(1, count(cloud.imds()));
    }

    @Test
    @DisplayName("D19 another environment with the same endpoint keeps its tokens")
    void getToken_unrelatedVariableChanges_keepsToken() {
        TestContext context = on(cloud.appService());
        ManagedIdentityCredential credential = direct(context);
        AccessToken first = credential.getToken(REQUEST);

        context.env("UNRELATED", "x");

        assertEquals(first, credential.getToken(REQUEST));
        assertEquals(1, count(cloud.appService()));
    }

    @Test
    @DisplayName("D20 workload variables: token exchange")
    void getToken_workloadVariables_exchangesToken() throws IOException {
        TestContext context = inPod(workload());

        AccessToken token = direct(context).getToken(REQUEST.withTenantId("other-tenant"));

        assertEquals("ManagedIdentityCredential", token.credentialName());
        assertEquals(
                CLIENT_ID, cloud.authority().lastRequest().form("client_id").orElseThrow());
        assertEquals(
                "/" + EmbeddedAuthority.DEFAULT_TENANT + "/oauth2/v2.0/token",
                cloud.authority().lastRequest().path());
    }

    @Test
    @DisplayName("D20 malformed workload variables: Failed / Unavailable")
    void getToken_malformedWorkloadTenant_fails() throws IOException {
        TestContext context = inPod(plus(workload(), "AZURE_TENANT_ID", "../x"));

        ClientAuthenticationException failure = failure(direct(context));

        Expect.FAILED_UNAVAILABLE.check(failure);
        assertEquals(0, cloud.authority().requests().size());
    }

    @ParameterizedTest(name = "D21 {0}")
    @ValueSource(strings = {"no client id", "object", "resource"})
    void getToken_workloadVariablesNotForThisIdentity_usesImds(String kind) throws IOException {
        ManagedIdentity assigned = ManagedIdentity.named("assigned");
        cloud.imds().identities().add(assigned);
        TestContext context =
                inPod(workload()).setting("imdsEndpoint", cloud.imds().uri().toString());
        if (kind.equals("no client id")) {
            context.env("AZURE_CLIENT_ID", null);
        } else {
            context.managedIdentityId(
                    kind.equals("object")
                            ? ManagedIdentityId.objectId(assigned.objectId())
                            : ManagedIdentityId.resourceId(assigned.resourceId()));
        }

        direct(context).getToken(REQUEST);

        assertEquals(1, count(cloud.imds()));
        assertEquals(0, cloud.authority().requests().size());
    }

    @Test
    @DisplayName("D22 workload variables on App Service: App Service")
    void getToken_workloadVariablesAndAppService_usesAppService() throws IOException {
        Map<String, String> variables = plus(workload());
        variables.putAll(cloud.appService().environment());

        direct(inPod(variables)).getToken(REQUEST);

        assertEquals(1, count(cloud.appService()));
        assertEquals(0, cloud.authority().requests().size());
    }

    @Test
    void getToken_providerWithEnvironmentClientId_usesIt() {
        ManagedIdentity assigned = ManagedIdentity.named("assigned");
        cloud.imds().identities().add(assigned);
        TestContext context = on(cloud.imds()).env("AZURE_CLIENT_ID", assigned.clientId());

        new ManagedIdentityCredentialProvider().create(context).getToken(REQUEST);

        assertEquals(
                assigned.clientId(),
                cloud.imds().lastRequest().query("client_id").orElseThrow());
    }

    @Test
    void getToken_providerWithIdInCode_ignoresEnvironment() {
        ManagedIdentity assigned = ManagedIdentity.named("assigned");
        cloud.imds().identities().add(assigned);
        TestContext context = on(cloud.imds())
                .env("AZURE_CLIENT_ID", CLIENT_ID)
                .managedIdentityId(ManagedIdentityId.resourceId(assigned.resourceId()));

        new ManagedIdentityCredentialProvider().create(context).getToken(REQUEST);

        assertEquals(
                assigned.resourceId(),
                cloud.imds().lastRequest().query("msi_res_id").orElseThrow());
    }

    @Test
    void getToken_providerToldSystemAssigned_ignoresEnvironment() {
        TestContext context = on(cloud.imds())
                .env("AZURE_CLIENT_ID", CLIENT_ID)
                .managedIdentityId(ManagedIdentityId.systemAssigned());

        new ManagedIdentityCredentialProvider().create(context).getToken(REQUEST);

        assertTrue(cloud.imds().lastRequest().query("client_id").isEmpty());
    }

    private Map<String, String> workload() throws IOException {
        Application application = cloud.authority()
                .registerApplication(
                        Application.builder(CLIENT_ID).assertion("pod-token").build());
        Path file = Files.writeString(directory.resolve("token"), "pod-token");
        return cloud.authority().environment(application, file);
    }
}
