// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.managedidentity.internal.WorkloadIdentityCredentialProvider;
import dev.signet.identity.spi.Readiness;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadIdentityCredentialTest extends PodFixture {
    private static final String OUTSIDE_VALIDITY =
            "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700024: not within its valid time range.\","
                    + "\"error_codes\":[700024]}";

    @Test
    @DisplayName("W1 all set: the request, field by field")
    void getToken_configured_postsAssertion() {
        AccessToken token = workload(pod).getToken(REQUEST);

        RecordedRequest request = cloud.authority().lastRequest();
        assertEquals("POST", request.method());
        assertEquals("/" + TENANT + "/oauth2/v2.0/token", request.path());
        assertEquals(
                Set.of("grant_type", "client_id", "client_assertion_type", "client_assertion", "scope"),
                request.form().keySet());
        assertEquals("client_credentials", request.form("grant_type").orElseThrow());
        assertEquals(CLIENT_ID, request.form("client_id").orElseThrow());
        assertEquals(
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                request.form("client_assertion_type").orElseThrow());
        assertEquals("pod-token", request.form("client_assertion").orElseThrow());
        assertEquals(SCOPE, request.form("scope").orElseThrow());
        assertEquals(
                "application/x-www-form-urlencoded",
                request.header("Content-Type").orElseThrow());
        assertEquals("WorkloadIdentityCredential", token.credentialName());
    }

    @ParameterizedTest(name = "W2 {0}")
    @ValueSource(strings = {"line end", "byte order mark", "blanks", "signs"})
    void getToken_fileWithDecoration_sendsBareToken(String what) throws IOException {
        String expected = what.equals("signs") ? "a+b/c==" : "pod-token";
        write(
                switch (what) {
                    case "line end" -> "pod-token\r\n";
                    case "byte order mark" -> "\uFEFFpod-token\n";
                    case "blanks" -> "  \tpod-token  ";
                    default -> expected;
                });

        workload(pod).getToken(REQUEST);

        assertEquals(
                expected,
                cloud.authority().lastRequest().form("client_assertion").orElseThrow());
        assertEquals(
                what.equals("signs"),
                cloud.authority().lastRequest().bodyText().contains("client_assertion=a%2Bb%2Fc%3D%3D"));
    }

    @Test
    @DisplayName("W3 file replaced, token expired: new content sent")
    void getToken_fileReplaced_sendsNewContent() throws IOException {
        WorkloadIdentityCredential credential = workload(pod);
        credential.getToken(REQUEST);

        write("new-token");
        cloud.clock().advance(Duration.ofHours(2));
        credential.getToken(REQUEST);

        assertEquals(
                "new-token",
                cloud.authority().lastRequest().form("client_assertion").orElseThrow());
    }

    @ParameterizedTest(name = "W4 {0}")
    @ValueSource(strings = {"missing", "empty", "blanks", "directory", "over 64 KiB"})
    void getToken_unusableFile_failsUntilRepaired(String what) throws IOException {
        Files.delete(tokenFile);
        switch (what) {
            case "missing" -> {}
            case "empty" -> write("");
            case "blanks" -> write(" \n");
            case "directory" -> Files.createDirectory(tokenFile);
            default -> write("x".repeat(64 * 1024 + 1));
        }
        WorkloadIdentityCredential credential = workload(pod);

        ClientAuthenticationException failure = failure(credential);
        Expect.FAILED_UNAVAILABLE.check(failure);
        assertTrue(failure.getMessage().contains(tokenFile.toString()), failure::getMessage);
        assertEquals(0, requests());

        Files.deleteIfExists(tokenFile);
        write("pod-token");
        credential.getToken(REQUEST);
        assertEquals(1, requests());
    }

    @ParameterizedTest(name = "W5 {0} missing")
    @ValueSource(strings = {"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"})
    void build_variableMissing_namesIt(String variable) {
        TestContext context = pod.env(variable, null);

        IllegalStateException direct = assertThrows(IllegalStateException.class, () -> workload(context));
        assertEquals(
                "WorkloadIdentityCredential: " + variable
                        + " not set; enable workload identity for the pod, or give the values in code",
                direct.getMessage());
        CredentialUnavailableException chained = assertThrows(
                CredentialUnavailableException.class, () -> new WorkloadIdentityCredentialProvider().create(context));
        assertEquals(
                "WorkloadIdentityCredential: " + variable
                        + " not set. Enable workload identity for the pod, which sets them.",
                chained.getMessage());
        assertEquals(
                UnavailableReason.NOT_CONFIGURED,
                chained.details().unavailableReason().orElseThrow());
    }

    @Test
    @DisplayName("W5 every variable missing: all are named")
    void create_nothingSet_namesAll() {
        TestContext context = with(Map.of("AZURE_CLIENT_ID", " "));

        CredentialUnavailableException failure = assertThrows(
                CredentialUnavailableException.class, () -> new WorkloadIdentityCredentialProvider().create(context));

        assertEquals(
                "AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE not set",
                failure.details().reason());
    }

    @Test
    @DisplayName("W6 option and variable both set: the option wins")
    void getToken_optionsAndVariables_optionsWin() {
        TestContext context = inPod(Map.of(
                "AZURE_TENANT_ID", "wrong.example",
                "AZURE_CLIENT_ID", "wrong",
                "AZURE_FEDERATED_TOKEN_FILE", "/wrong",
                "AZURE_AUTHORITY_HOST", "https://wrong.invalid/"));

        WorkloadIdentityCredential.builder()
                .context(context)
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .tokenFilePath(tokenFile)
                .authorityHost(cloud.authority().uri().toString())
                .build()
                .getToken(REQUEST);

        assertEquals(1, requests());
    }

    @Test
    @DisplayName("W6 settings of the context win over variables too")
    void getToken_contextSettings_winOverVariables() {
        TestContext context = inPod(Map.of(
                        "AZURE_TENANT_ID", "wrong.example",
                        "AZURE_CLIENT_ID", "wrong",
                        "AZURE_FEDERATED_TOKEN_FILE", "/wrong"))
                .tenantId(TENANT)
                .managedIdentityId(ManagedIdentityId.clientId(CLIENT_ID))
                .setting("tokenFilePath", tokenFile.toString())
                .authorityHost(cloud.authority().uri());

        new WorkloadIdentityCredentialProvider().create(context).getToken(REQUEST);
        new WorkloadIdentityCredentialProvider()
                .create(context.clientId(CLIENT_ID).managedIdentityId(ManagedIdentityId.objectId(OBJECT_ID)))
                .getToken(REQUEST);

        assertEquals(2, requests());
    }

    @ParameterizedTest(name = "W7 authority ending with {0}")
    @ValueSource(strings = {"nothing", "slash", "slashes"})
    void getToken_authoritySlashes_doNotMatter(String end) {
        String host = cloud.authority().uri().toString().replaceAll("/$", "");
        String authority = host + (end.equals("nothing") ? "" : end.equals("slash") ? "/" : "//");

        WorkloadIdentityCredential.builder()
                .context(pod)
                .authorityHost(authority)
                .build()
                .getToken(REQUEST);

        assertEquals(
                "/" + TENANT + "/oauth2/v2.0/token",
                cloud.authority().lastRequest().path());
    }

    @Test
    @DisplayName("W8 authority with http, tenant ../x, allowed tenant a/b")
    void build_malformedSettings_areRefused() {
        WorkloadIdentityCredential.Builder http =
                WorkloadIdentityCredential.builder().context(pod).authorityHost("http://login.invalid");
        WorkloadIdentityCredential.Builder tenant =
                WorkloadIdentityCredential.builder().context(pod).tenantId("../x");
        WorkloadIdentityCredential.Builder allowed =
                WorkloadIdentityCredential.builder().context(pod).additionallyAllowedTenants(List.of("a/b"));

        assertThrows(IllegalArgumentException.class, http::build);
        assertThrows(IllegalArgumentException.class, tenant::build);
        assertThrows(IllegalArgumentException.class, allowed::build);
    }

    @Test
    @DisplayName("W9 AADSTS700024, file changed: retried once")
    void getToken_assertionExpiredAndFileChanged_retriesOnce() {
        SpyTransport spy = new SpyTransport(pod.transport());
        TestContext context = pod.transport(request -> {
            if (spy.requests().isEmpty()) {
                try {
                    write("new-token");
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            }
            return spy.send(request);
        });
        cloud.authority().enqueue(Reply.json(401, OUTSIDE_VALIDITY));

        workload(context).getToken(REQUEST);

        assertEquals(2, requests());
        assertEquals(
                "new-token",
                cloud.authority().lastRequest().form("client_assertion").orElseThrow());
    }

    @Test
    @DisplayName("W9 AADSTS700024, file unchanged: Failed after one request")
    void getToken_assertionExpiredAndFileUnchanged_fails() {
        cloud.authority().always(Reply.json(401, OUTSIDE_VALIDITY));

        ClientAuthenticationException failure = failure(workload(pod));

        Expect.FAILED_FAILED.check(failure);
        assertEquals(List.of(700024), failure.details().aadstsCodes());
        assertEquals(1, requests());
    }

    @Test
    @DisplayName("W10 AADSTS70021: Failed with the code and a hint, one request")
    void getToken_noFederatedCredential_fails() throws IOException {
        write(cloud.authority()
                .assertionFor(new dev.signet.identity.testkit.Application.FederatedCredential("i", "s", "a")));

        ClientAuthenticationException failure = failure(workload(pod));

        Expect.FAILED_FAILED.check(failure);
        assertEquals(List.of(70021), failure.details().aadstsCodes());
        assertTrue(failure.details().remedy().orElseThrow().contains("issuer, subject and audience"));
        assertEquals(1, requests());
    }

    @Test
    @DisplayName("W11 cached token, file deleted: no request")
    void getToken_cached_doesNotReadFile() throws IOException {
        WorkloadIdentityCredential credential = workload(pod);
        AccessToken first = credential.getToken(REQUEST);
        Files.delete(tokenFile);

        assertSame(first, credential.getToken(REQUEST));
        assertSame(first, credential.getToken(REQUEST.withTenantId(TENANT)));
        assertSame(first, credential.getTokenAsync(REQUEST).join());
        assertEquals(1, requests());
    }

    @Test
    @DisplayName("W12 claims: in the form, cache bypassed")
    void getToken_claims_areSent() {
        WorkloadIdentityCredential credential = workload(pod);
        AccessToken first = credential.getToken(REQUEST);
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true}}}";

        AccessToken second = credential.getToken(REQUEST.withClaims(claims));

        assertNotSame(first, second);
        assertEquals(claims, cloud.authority().lastRequest().form("claims").orElseThrow());
        credential.getToken(REQUEST.withCaeEnabled(true));
        assertEquals(
                "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}",
                cloud.authority().lastRequest().form("claims").orElseThrow());
    }

    @Test
    @DisplayName("W13 request tenant not allowed: error, no request")
    void getToken_tenantNotAllowed_fails() {
        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class, () -> workload(pod).getToken(REQUEST.withTenantId(OTHER_TENANT)));

        Expect.FAILED_FAILED.check(failure);
        assertTrue(
                workload(pod).getTokenAsync(REQUEST.withTenantId(OTHER_TENANT)).isCompletedExceptionally());
        assertEquals(0, requests());
    }

    @ParameterizedTest(name = "W13 allowed by {0}")
    @ValueSource(strings = {"builder", "star", "variable"})
    void getToken_tenantAllowed_asksThere(String how) {
        WorkloadIdentityCredential.Builder builder =
                WorkloadIdentityCredential.builder().context(pod);
        switch (how) {
            case "builder" -> builder.additionallyAllowedTenants(List.of(OTHER_TENANT));
            case "star" -> builder.additionallyAllowedTenants(List.of("*"));
            default -> pod.env("AZURE_ADDITIONALLY_ALLOWED_TENANTS", "x;" + OTHER_TENANT);
        }

        builder.build().getToken(REQUEST.withTenantId(OTHER_TENANT));

        assertEquals(
                "/" + OTHER_TENANT + "/oauth2/v2.0/token",
                cloud.authority().lastRequest().path());
    }

    @ParameterizedTest(name = "8.4 {0} is retried three times")
    @CsvSource({"429", "500", "503"})
    void getToken_serverError_isRetried(int status) {
        cloud.authority().always(Reply.status(status));

        ClientAuthenticationException failure = failure(workload(pod.jitter(0.5)));

        Expect.FAILED_FAILED.check(failure);
        assertEquals(4, requests());
        assertEquals(Duration.ofSeconds(7), pod.sleeper().total());
    }

    @Test
    void clearCache_forgetsTokensOfBothForms() {
        WorkloadIdentityCredential credential = workload(pod);
        TokenCredential chained = credential.asChainMember();
        credential.getToken(REQUEST);
        assertSame(chained.getToken(REQUEST), credential.asChainMember().getToken(REQUEST));

        credential.clearCache();
        credential.getToken(REQUEST);
        chained.getToken(REQUEST);

        assertEquals(4, requests());
    }

    @Test
    void explain_tokenFile_isLookedAt() throws IOException {
        assertEquals(
                new Readiness(Readiness.Status.CONFIGURED, "token file " + tokenFile, ""),
                workload(pod).explain());
        Files.delete(tokenFile);
        assertEquals(Readiness.Status.MISCONFIGURED, workload(pod).explain().status());
        assertFalse(workload(pod).explain().remedy().isEmpty());
    }

    @Test
    void create_malformedPath_isRefused() {
        TestContext context = pod.env("AZURE_FEDERATED_TOKEN_FILE", "a\0b");

        assertThrows(IllegalArgumentException.class, () -> new WorkloadIdentityCredentialProvider().create(context));
        assertEquals("FederatedTokenFile[x]", new FederatedTokenFile("X", Path.of("x")).toString());
        assertEquals(9, "pod-token".getBytes(StandardCharsets.UTF_8).length);
    }
}
