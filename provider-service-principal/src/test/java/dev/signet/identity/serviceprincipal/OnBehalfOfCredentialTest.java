// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.JwtPayload;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.User;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows OB01 to OB08, RG02: an application that acts for its callers. */
class OnBehalfOfCredentialTest extends ApplicationFixture {
    private static final TokenRequestContext DOWNSTREAM = TokenRequestContext.of("api://downstream/.default");
    private static final String CLAIMS = "{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"p1\"]}}}";

    private final User ann = cloud.authority().registerUser(User.named("ann@contoso.example"));
    private final User bob = cloud.authority().registerUser(User.named("bob@contoso.example"));
    private Application api;

    @BeforeEach
    void registerApplication() {
        register(application().secret(SECRET));
        api = cloud.authority().registerApplication(application().secret(SECRET).build());
    }

    private String assertionOf(User user) {
        return cloud.authority().accessTokenFor(user, api);
    }

    private OnBehalfOfCredential.Builder builder() {
        return OnBehalfOfCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .clientSecret(SECRET)
                .userAssertion(assertionOf(ann))
                .context(context);
    }

    private static String owner(AccessToken token) {
        return JwtPayload.read(token.token()).flatMap(JwtPayload::objectId).orElseThrow();
    }

    @Test
    @DisplayName("OB01 the request, field by field")
    void getToken_userAssertion_isExchanged() {
        String assertion = assertionOf(ann);
        AccessToken token = builder().userAssertion(assertion).build().getToken(DOWNSTREAM);

        assertEquals(1, cloud.requests().size());
        assertEquals(
                Map.of(
                        "grant_type", List.of("urn:ietf:params:oauth:grant-type:jwt-bearer"),
                        "assertion", List.of(assertion),
                        "requested_token_use", List.of("on_behalf_of"),
                        "client_id", List.of(CLIENT_ID),
                        "client_secret", List.of(SECRET),
                        "scope", List.of("api://downstream/.default")),
                request(0).form());
        assertEquals(ann.objectId(), owner(token));
    }

    @Test
    @DisplayName("OB02 the same assertion again")
    void getToken_sameAssertion_isKnown() {
        String assertion = assertionOf(ann);
        OnBehalfOfCredential credential = builder().userAssertion(assertion).build();
        AccessToken token = credential.getToken(DOWNSTREAM);

        assertSame(token, credential.getToken(DOWNSTREAM));
        assertSame(token, credential.withUserAssertion(assertion).getToken(DOWNSTREAM));
        assertEquals(1, requests().size());
    }

    @Test
    @DisplayName("OB03 another user")
    void getToken_otherUser_neverSeesTheFirstOnesToken() {
        OnBehalfOfCredential credential = builder().build();
        AccessToken anns = credential.getToken(DOWNSTREAM);
        AccessToken bobs = credential.withUserAssertion(assertionOf(bob)).getToken(DOWNSTREAM);

        assertEquals(ann.objectId(), owner(anns));
        assertEquals(bob.objectId(), owner(bobs));
        assertEquals(2, requests().size());
    }

    @Test
    @DisplayName("OB04 the user must act")
    void getToken_interactionRequired_carriesTheClaims() {
        cloud.authority()
                .enqueue(Reply.json(
                        400,
                        "{\"error\":\"interaction_required\",\"error_description\":\"AADSTS50076: use multi-factor\","
                                + "\"error_codes\":[50076],\"suberror\":\"basic_action\",\"claims\":\""
                                + CLAIMS.replace("\"", "\\\"") + "\"}"));
        ClientAuthenticationException failure = failure(builder().build(), DOWNSTREAM);

        AuthenticationRequiredException required = assertInstanceOf(AuthenticationRequiredException.class, failure);
        assertEquals(1, requests().size());
        assertEquals(Optional.of(CLAIMS), required.details().claims());
        assertEquals(Optional.of("basic_action"), required.details().suberror());
        assertEquals(Outcome.INTERACTION_REQUIRED, required.outcome());
        assertEquals(DOWNSTREAM, required.request());
        String header = ClaimsChallenge.wwwAuthenticate(failure, "login.microsoftonline.com", "common")
                .orElseThrow();
        assertEquals(
                "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/v2.0/authorize\","
                        + " error=\"insufficient_claims\", claims=\"",
                header.substring(0, header.lastIndexOf("claims=\"") + 8));
        String encoded = header.substring(header.lastIndexOf("claims=\"") + 8, header.length() - 1);
        assertEquals(CLAIMS, new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("OB05 the user's assertion has expired")
    void getToken_assertionExpired_isRefusedOnce() {
        String assertion = cloud.authority().accessTokenFor(ann, api, Duration.ofMinutes(5));
        OnBehalfOfCredential credential = builder().userAssertion(assertion).build();
        context.clock().advance(Duration.ofMinutes(20));
        ClientAuthenticationException failure = failure(credential, DOWNSTREAM);

        assertEquals(1, requests().size());
        assertEquals(List.of(500133), failure.details().aadstsCodes());
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertFalse(failure instanceof AuthenticationRequiredException);
        assertEquals(Optional.empty(), ClaimsChallenge.wwwAuthenticate(failure, "login.microsoftonline.com", "common"));
    }

    @Test
    void getToken_noConsent_isRefusedSinceNoUserCanBeAsked() {
        cloud.authority()
                .enqueue(Reply.json(
                        400,
                        "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS65001: no consent\","
                                + "\"error_codes\":[65001],\"suberror\":\"consent_required\"}"));
        ClientAuthenticationException failure = failure(builder().build(), DOWNSTREAM);

        assertFalse(failure instanceof AuthenticationRequiredException);
        assertTrue(failure.getMessage().endsWith("Let an administrator consent to the application's permissions."));
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                wrong(
                        "OB06 two credentials",
                        b -> b.clientAssertionFor(request -> "x"),
                        "OnBehalfOfCredential: only one of clientSecret, clientSecretSupplier, certificate and"
                                + " clientAssertionFor can be set; keep the one that the application is registered with"),
                wrong(
                        "OB06 blank assertion",
                        b -> b.userAssertion(" "),
                        "OnBehalfOfCredential: userAssertion must be set in the builder"),
                wrong(
                        "no credential",
                        b -> b.clientSecret(""),
                        "OnBehalfOfCredential: clientSecret, certificate or clientAssertionFor must be set in the"
                                + " builder"));
    }

    private static Arguments wrong(String name, UnaryOperator<OnBehalfOfCredential.Builder> change, String message) {
        return argumentSet(name, change, message);
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void build_wrongSetting_isRefused(UnaryOperator<OnBehalfOfCredential.Builder> change, String message) {
        OnBehalfOfCredential.Builder builder = change.apply(builder());

        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
        assertEquals(List.of(), cloud.requests());
    }

    @Test
    void withUserAssertion_blank_isRefused() {
        OnBehalfOfCredential credential = builder().build();

        assertEquals(
                "OnBehalfOfCredential: userAssertion must not be blank; pass on the access token with which the user"
                        + " called",
                assertThrows(IllegalArgumentException.class, () -> credential.withUserAssertion(""))
                        .getMessage());
    }

    @Test
    @DisplayName("OB08 claims bypass the cached token")
    void getToken_claims_areSent() {
        OnBehalfOfCredential credential = builder().build();
        AccessToken first = credential.getToken(DOWNSTREAM);
        AccessToken fresh = credential.getToken(DOWNSTREAM.withClaims(CLAIMS));

        assertEquals(Optional.of(CLAIMS), request(1).form("claims"));
        assertNotEquals(first, fresh);
        assertSame(fresh, credential.getToken(DOWNSTREAM));
    }

    @Test
    @DisplayName("RG02 users' tokens come from the global endpoint")
    void getToken_region_isNotUsed() {
        builder()
                .context(with(Map.of("AZURE_REGIONAL_AUTHORITY_NAME", "westus2")))
                .build()
                .getToken(DOWNSTREAM);

        assertEquals("login.microsoftonline.com", request(0).host());
    }

    @Test
    void getToken_certificate_proves() {
        cloud.authority()
                .registerApplication(application()
                        .certificate(CertificateCredentialTest.SINGLE.certificate())
                        .build());
        builder()
                .clientSecret("")
                .certificate(ClientCertificate.of(
                        CertificateCredentialTest.SINGLE.privateKey(),
                        List.of(CertificateCredentialTest.SINGLE.certificate())))
                .build()
                .getToken(DOWNSTREAM);

        assertTrue(request(0).form("client_assertion").isPresent());
    }

    @Test
    void getToken_suppliedSecretAndAssertion_prove() {
        builder().clientSecret("").clientSecretSupplier(() -> SECRET).build().getToken(DOWNSTREAM);
        cloud.authority().registerApplication(application().assertion("eyJ.a.b").build());
        builder()
                .clientSecret("")
                .clientAssertionFor(request -> "eyJ.a.b")
                .build()
                .getToken(DOWNSTREAM);

        assertEquals(Optional.of(SECRET), request(0).form("client_secret"));
        assertEquals(Optional.of("eyJ.a.b"), request(1).form("client_assertion"));
    }

    @Test
    void withUserAssertion_moreUsersThanKept_forgetsTheLeastRecent() {
        cloud.authority().always(Reply.json(200, "{\"access_token\":\"T\",\"expires_in\":3600}"));
        OnBehalfOfCredential credential = builder().userAssertion("first").build();
        credential.getToken(DOWNSTREAM);
        credential.withUserAssertion("second").getToken(DOWNSTREAM);
        for (int i = 0; i < UserTokens.MAX_USERS - 1; i++) {
            OnBehalfOfCredential unused = credential.withUserAssertion("user" + i);
        }
        credential.withUserAssertion("second").getToken(DOWNSTREAM);
        assertEquals(2, requests().size());
        credential.withUserAssertion("first").getToken(DOWNSTREAM);
        assertEquals(3, requests().size());
    }

    @Test
    void clearCache_forgetsAllUsers() {
        OnBehalfOfCredential credential = builder().build();
        credential.getToken(DOWNSTREAM);
        String bobs = assertionOf(bob);
        credential.withUserAssertion(bobs).getToken(DOWNSTREAM);
        credential.clearCache();
        credential.getToken(DOWNSTREAM);
        credential.withUserAssertion(bobs).getToken(DOWNSTREAM);

        assertEquals(4, requests().size());
    }

    @Test
    void asChainMember_hasTheSameUser() {
        assertEquals(ann.objectId(), owner(builder().build().asChainMember().getToken(DOWNSTREAM)));
    }
}
