// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.testkit.EntraError;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows SP01 to SP18, RG01: an application with a secret. */
class ClientSecretCredentialTest extends ApplicationFixture {
    @BeforeEach
    void registerApplication() {
        register(application().secret(SECRET));
    }

    private ClientSecretCredential.Builder builder(TestContext ambient) {
        return ClientSecretCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .clientSecret(SECRET)
                .context(ambient);
    }

    private ClientSecretCredential credential() {
        return builder(context).build();
    }

    @Test
    @DisplayName("SP01 the request, field by field")
    void getToken_secret_isSentInTheBody() {
        AccessToken token = credential().getToken(REQUEST);

        RecordedRequest request = request(0);
        assertEquals(1, cloud.requests().size());
        assertEquals("POST", request.method());
        assertEquals("login.microsoftonline.com", request.host());
        assertEquals("/" + TENANT + "/oauth2/v2.0/token", request.path());
        assertEquals(
                Map.of(
                        "grant_type", List.of("client_credentials"),
                        "client_id", List.of(CLIENT_ID),
                        "client_secret", List.of(SECRET),
                        "scope", List.of(SCOPE)),
                request.form());
        assertEquals(Optional.empty(), request.header("Authorization"));
        assertEquals(cloud.clock().instant().plusSeconds(3599), token.expiresOn());
        assertEquals("ClientSecretCredential", token.credentialName());
    }

    @ParameterizedTest(name = "SP02 a token for {0} s: {1} requests for two calls")
    @CsvSource({"3600, 1", "299, 2"})
    void getToken_twice_asksAgainBelowFiveMinutes(int lifetime, int requests) {
        register(application().secret(SECRET).tokenLifetime(Duration.ofSeconds(lifetime)));
        ClientSecretCredential credential = credential();
        credential.getToken(REQUEST);
        context.clock().advance(Duration.ofSeconds(31));
        credential.getToken(REQUEST);

        assertEquals(requests, requests().size());
    }

    @Test
    @DisplayName("SP04 fifty threads, one request")
    void getToken_manyThreadsCold_sendOneRequest() throws Exception {
        ClientSecretCredential credential = credential();
        Set<AccessToken> tokens = new HashSet<>();
        List<CompletableFuture<AccessToken>> calls = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<AccessToken> call = new CompletableFuture<>();
            calls.add(call);
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    call.complete(credential.getToken(REQUEST));
                } catch (Throwable failure) {
                    call.completeExceptionally(failure);
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.countDown();
        for (CompletableFuture<AccessToken> call : calls) {
            tokens.add(call.join());
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(1, tokens.size());
        assertEquals(1, requests().size());
    }

    @Test
    @DisplayName("SP05 a tenant that is not allowed")
    void getToken_tenantNotAllowed_isRefusedWithoutARequest() {
        ClientAuthenticationException failure = failure(credential(), REQUEST.withTenantId(OTHER_TENANT));

        assertEquals(
                "ClientSecretCredential: it is not configured to get tokens for tenant " + OTHER_TENANT
                        + ". Add the tenant, or *, to additionallyAllowedTenants or to"
                        + " AZURE_ADDITIONALLY_ALLOWED_TENANTS.",
                failure.getMessage());
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(List.of(), cloud.requests());
    }

    @ParameterizedTest(name = "SP06 allowed by {0}")
    @CsvSource({"*", OTHER_TENANT})
    void getToken_tenantAllowed_hasATokenOfItsOwn(String allowed) {
        ClientSecretCredential credential =
                builder(context).additionallyAllowedTenants(List.of(allowed)).build();
        AccessToken own = credential.getToken(REQUEST);
        AccessToken other = credential.getToken(REQUEST.withTenantId(OTHER_TENANT));

        assertEquals("/" + OTHER_TENANT + "/oauth2/v2.0/token", request(1).path());
        assertNotEquals(own, other);
        assertSame(other, credential.getToken(REQUEST.withTenantId(OTHER_TENANT)));
    }

    @Test
    @DisplayName("SP07 other tenants are switched off")
    void getToken_multiTenantSwitchedOff_staysInTheOwnTenant() {
        TestContext off = with(Map.of("AZURE_IDENTITY_DISABLE_MULTITENANTAUTH", "true"));
        builder(off).additionallyAllowedTenants(List.of("*")).build().getToken(REQUEST.withTenantId(OTHER_TENANT));

        assertEquals("/" + TENANT + "/oauth2/v2.0/token", request(0).path());
    }

    @Test
    @DisplayName("SP08 continuous access evaluation")
    void getToken_cae_declaresTheCapabilityAndIsKeptApart() {
        ClientSecretCredential credential = credential();
        AccessToken plain = credential.getToken(REQUEST);
        AccessToken cae = credential.getToken(REQUEST.withCaeEnabled(true));

        assertEquals(Optional.empty(), request(0).form("claims"));
        assertEquals(
                Optional.of("{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}"),
                request(1).form("claims"));
        assertSame(plain, credential.getToken(REQUEST));
        assertSame(cae, credential.getToken(REQUEST.withCaeEnabled(true)));
    }

    @Test
    @DisplayName("SP09 a challenge replaces the cached token")
    void getToken_claims_areSentWithTheCapability() {
        ClientSecretCredential credential = credential();
        TokenRequestContext cae = REQUEST.withCaeEnabled(true);
        credential.getToken(cae);
        AccessToken fresh = credential.getToken(
                cae.withClaims("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}"));

        assertEquals(
                Optional.of("{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]},"
                        + "\"nbf\":{\"essential\":true,\"value\":\"1\"}}}"),
                request(1).form("claims"));
        assertSame(fresh, credential.getToken(cae));
    }

    @Test
    void getToken_malformedClaims_areRefusedWithoutARequest() {
        TokenRequestContext broken = REQUEST.withClaims("{\"access_token\":}");

        assertThrows(IllegalArgumentException.class, () -> credential().getToken(broken));
        assertEquals(List.of(), cloud.requests());
    }

    @Test
    @DisplayName("SP10 special characters")
    void getToken_secretWithSpecialCharacters_isEncoded() {
        register(application().secret("a+b&c=% ü"));
        builder(context).clientSecret("a+b&c=% ü").build().getToken(REQUEST);

        assertTrue(request(0).bodyText().contains("client_secret=a%2Bb%26c%3D%25%20%C3%BC&"));
    }

    @Test
    @DisplayName("SP11 a wrong secret")
    void getToken_wrongSecret_tellsNumbersIdsAndRemedy() {
        ClientAuthenticationException failure =
                failure(builder(context).clientSecret("wr0ng~Value").build());

        assertEquals(1, requests().size());
        assertEquals(List.of(7000215), failure.details().aadstsCodes());
        assertEquals(Optional.of("invalid_client"), failure.details().errorCode());
        assertEquals(OptionalInt.of(401), failure.details().httpStatus());
        assertTrue(failure.getMessage().contains("AADSTS7000215"));
        assertTrue(failure.getMessage().contains(failure.details().traceId().orElseThrow()));
        assertTrue(
                failure.getMessage().contains(failure.details().correlationId().orElseThrow()));
        assertTrue(failure.getMessage().endsWith("Use the value of the client secret, not its id."));
        assertFalse(failure.getMessage().contains("wr0ng"));
    }

    @ParameterizedTest(name = "SP12, SP13 Retry-After {0}: at least {1}")
    @CsvSource({"'', PT1S", "2, PT2S"})
    void getToken_serverErrorThenToken_waitsAndRepeatsTheRequest(String retryAfter, Duration wait) {
        Reply unavailable = Reply.status(503);
        cloud.authority().enqueue(retryAfter.isEmpty() ? unavailable : unavailable.header("Retry-After", retryAfter));
        credential().getToken(REQUEST);

        assertEquals(2, requests().size());
        assertEquals(request(0).bodyText(), request(1).bodyText());
        assertEquals(List.of(wait), context.sleeper().sleeps());
    }

    @Test
    @DisplayName("SP14 throttled for an hour")
    void getToken_throttledForLong_tellsHowLong() {
        cloud.authority().enqueue(Reply.status(429).header("Retry-After", "3600"));
        ClientAuthenticationException failure = failure(credential());

        assertEquals(1, requests().size());
        assertEquals(Optional.of(Duration.ofHours(1)), failure.details().retryAfter());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
    }

    @Test
    @DisplayName("SP15 HTML in place of a token")
    void getToken_html_tellsTheStatus() {
        cloud.authority().enqueue(Reply.html(200, "<html>portal</html>"));
        ClientAuthenticationException failure = failure(credential());

        assertEquals(1, requests().size());
        assertEquals(
                "ClientSecretCredential: the token endpoint at login.microsoftonline.com answered with HTTP 200, but its"
                        + " answer is not a JSON object. Check that AZURE_AUTHORITY_HOST names a sign-in host and that no"
                        + " proxy answers in its place.",
                failure.getMessage());
    }

    static Stream<Arguments> wrongSettings() {
        String where = " must be set in the builder";
        return Stream.of(
                wrong(
                        "SP16 http authority",
                        b -> b.authorityHost("http://x"),
                        "authorityHost must use https; give a sign-in host such as https://login.microsoftonline.com/"),
                wrong(
                        "SP16 tenant with a slash",
                        b -> b.tenantId("a/b"),
                        "tenantId must consist of letters, digits, '.' and '-'; give the directory (tenant) id or a domain"
                                + " name, both shown on the tenant's overview page"),
                wrong("blank tenant", b -> b.tenantId(" "), "ClientSecretCredential: tenantId" + where),
                wrong("blank client", b -> b.clientId(""), "ClientSecretCredential: clientId" + where),
                wrong("blank secret", b -> b.clientSecret(" "), "ClientSecretCredential: clientSecret" + where),
                wrong(
                        "several at once",
                        b -> b.clientId("").clientSecret(""),
                        "ClientSecretCredential: clientId, clientSecret" + where),
                wrong(
                        "malformed region",
                        b -> b.regionalAuthority("west/us"),
                        "regionalAuthority must be a region such as westus2, or AutoDiscoverRegion to find it"),
                wrong(
                        "variables are named when they are read",
                        b -> b.clientSecret("").fromEnvironment(),
                        "ClientSecretCredential: clientSecret" + where + " or in AZURE_CLIENT_SECRET"));
    }

    private static Arguments wrong(String name, UnaryOperator<ClientSecretCredential.Builder> change, String message) {
        return argumentSet(name, change, message);
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void build_wrongSetting_isRefused(UnaryOperator<ClientSecretCredential.Builder> change, String message) {
        ClientSecretCredential.Builder builder = change.apply(builder(new TestContext()));

        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    @DisplayName("SP18 an unknown host, vouched for")
    void getToken_unknownHostWithoutDiscovery_isAskedAtOnce() {
        routes.route("login.private.example", cloud.authority());
        builder(context.instanceDiscoveryDisabled(true))
                .authorityHost("login.private.example")
                .build()
                .getToken(REQUEST);

        assertEquals(1, cloud.requests().size());
        assertEquals("login.private.example", request(0).host());
    }

    @Test
    @DisplayName("SP18 an unknown host that Microsoft does not know")
    void getToken_unknownHost_isSentNothing() {
        routes.route("login.unknown.example", cloud.authority());
        ClientAuthenticationException failure =
                failure(builder(context).authorityHost("login.unknown.example").build());

        assertEquals(Optional.of("invalid_instance"), failure.details().errorCode());
        assertEquals(Outcome.MISCONFIGURED, failure.outcome());
        assertEquals(List.of(), requests());
        assertEquals(1, cloud.requests().size());
    }

    @Test
    void getToken_hostThatMicrosoftKnows_isValidatedOnce() {
        cloud.authority().registerCloud("login.validated.example");
        ClientSecretCredential credential =
                builder(context).authorityHost("login.validated.example").build();
        credential.getToken(REQUEST);
        credential.clearCache();
        credential.getToken(REQUEST);

        assertEquals(2, requests().size());
        assertEquals(3, cloud.requests().size());
    }

    @Test
    @DisplayName("RG01 the endpoint of a region")
    void getToken_region_isAskedUnderItsHost() {
        TestContext regional = with(Map.of("AZURE_REGIONAL_AUTHORITY_NAME", "westus2"));
        ClientSecretCredential credential = builder(regional).build();
        AccessToken token = credential.getToken(REQUEST);

        assertEquals(1, cloud.requests().size());
        assertEquals("westus2.login.microsoft.com", request(0).host());
        assertEquals("/" + TENANT + "/oauth2/v2.0/token", request(0).path());
        assertSame(token, credential.getToken(REQUEST));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"https://login.microsoftonline.us/", "https://login.chinacloudapi.cn/"})
    void getToken_sovereignCloud_isOneRequest(String authority) {
        builder(context).authorityHost(authority).build().getToken(REQUEST);

        assertEquals(1, cloud.requests().size());
        assertEquals(authority, "https://" + request(0).host() + "/");
    }

    @Test
    void getToken_severalScopes_goOutInTheCallersOrder() {
        TokenRequestContext several = TokenRequestContext.of("https://b/.default", "https://a/.default");
        ClientAuthenticationException failure = failure(credential(), several);

        assertEquals(
                Optional.of("https://b/.default https://a/.default"), request(0).form("scope"));
        assertEquals(Optional.of("invalid_scope"), failure.details().errorCode());
    }

    @Test
    void getToken_suppliedSecretRotates_withoutAnotherCredential() {
        AtomicReference<String> current = new AtomicReference<>(SECRET);
        TokenCredential credential =
                builder(context).clientSecretSupplier(current::get).build();
        credential.getToken(REQUEST);
        register(application().secret("rotated~Value"));
        current.set("rotated~Value");
        context.clock().advance(Duration.ofMinutes(58));
        credential.getToken(REQUEST);

        assertEquals(Optional.of(SECRET), request(0).form("client_secret"));
        assertEquals(Optional.of("rotated~Value"), request(1).form("client_secret"));
    }

    static Stream<Arguments> suppliers() {
        IllegalStateException broken = new IllegalStateException("vault is sealed");
        return Stream.of(
                argumentSet("blank", (java.util.function.Supplier<String>) () -> " ", "gave nothing", null),
                argumentSet("null", (java.util.function.Supplier<String>) () -> null, "gave nothing", null),
                argumentSet(
                        "throws",
                        (java.util.function.Supplier<String>) () -> {
                            throw broken;
                        },
                        "threw IllegalStateException",
                        broken));
    }

    @ParameterizedTest
    @MethodSource("suppliers")
    void getToken_supplierFails_isToldBeforeAnyRequest(
            java.util.function.Supplier<String> supplier, String what, Throwable cause) {
        ClientAuthenticationException failure =
                localFailure(builder(context).clientSecretSupplier(supplier).build());

        assertEquals(
                "ClientSecretCredential: clientSecretSupplier " + what
                        + ". Let it return the value, or throw CredentialUnavailableException where there is none.",
                failure.getMessage());
        assertSame(cause, failure.getCause());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "7000222, Make a new one",
        "700016, is not in this tenant.",
        "7000112, enable it under enterprise applications.",
        "90002, Check the tenant id and the authority host.",
        "500011, no resource of that name is known in this tenant.",
        "1002012, 'End the scope with /.default, as applications must.'",
        "70011, ends with /.default.",
    })
    void getToken_refusal_endsWithARemedy(int code, String remedy) {
        cloud.authority().enqueue(Reply.error(EntraError.of(code)));
        String message = failure(credential()).getMessage();

        assertTrue(message.contains("AADSTS" + code), message);
        assertTrue(
                message.toLowerCase(java.util.Locale.ROOT).contains(remedy.toLowerCase(java.util.Locale.ROOT)),
                message);
    }

    @Test
    void getToken_halfLifeOfLongToken_isRenewed() {
        register(application().secret(SECRET).tokenLifetime(Duration.ofHours(24)));
        ClientSecretCredential credential = credential();
        AccessToken token = credential.getToken(REQUEST);

        assertEquals(Optional.of(cloud.clock().instant().plus(Duration.ofHours(12))), token.refreshOn());
    }

    @Test
    void token_claims_areTheApplications() {
        String token = credential().getToken(REQUEST).token();
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]));

        assertTrue(payload.contains("\"appid\":\"" + CLIENT_ID + "\""), payload);
    }
}
