// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.HostedEndpoint;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerTest extends CloudFixture {
    private static final String BASE = "\"access_token\":\"T\",\"token_type\":\"Bearer\"";

    private final HostedEndpoint appService = cloud.appService();
    private final HostedEndpoint imds = cloud.imds();

    static Stream<Arguments> badAnswers() {
        String valid = "\"expires_in\":\"3600\",\"token_type\":\"Bearer\"";
        return Stream.of(
                Arguments.of("M1 HTML", "<html></html>", Expect.FAILED_UNAVAILABLE),
                Arguments.of("M1 empty", "", Expect.FAILED_UNAVAILABLE),
                Arguments.of("M1 null", "null", Expect.FAILED_UNAVAILABLE),
                Arguments.of("M1 array", "[]", Expect.FAILED_UNAVAILABLE),
                Arguments.of("M1 string", "\"x\"", Expect.FAILED_UNAVAILABLE),
                Arguments.of("M1 truncated", "{\"access_token\":\"T\",\"expi", Expect.FAILED_UNAVAILABLE),
                Arguments.of("M1 two objects", "{} {}", Expect.FAILED_UNAVAILABLE),
                Arguments.of("M2 {}", "{}", Expect.FAILED_FAILED),
                Arguments.of("M3 empty token", "{\"access_token\":\"\"," + valid + "}", Expect.FAILED_FAILED),
                Arguments.of("M3 null token", "{\"access_token\":null," + valid + "}", Expect.FAILED_FAILED),
                Arguments.of("M3 number", "{\"access_token\":5," + valid + "}", Expect.FAILED_FAILED),
                Arguments.of("M3 object", "{\"access_token\":{}," + valid + "}", Expect.FAILED_FAILED),
                Arguments.of("M3 CR LF", "{\"access_token\":\"a\\r\\nb\"," + valid + "}", Expect.FAILED_FAILED),
                Arguments.of("M3 non-ASCII", "{\"access_token\":\"é\"," + valid + "}", Expect.FAILED_FAILED),
                Arguments.of("M4 no expiry", "{" + BASE + "}", Expect.FAILED_FAILED),
                Arguments.of("M5 garbage", "{" + BASE + ",\"expires_on\":\"garbage\"}", Expect.FAILED_FAILED),
                Arguments.of("M5 like a date", "{" + BASE + ",\"expires_on\":\"1/1:x\"}", Expect.FAILED_FAILED),
                Arguments.of("M10 past", "{" + BASE + ",\"expires_on\":\"1000000\"}", Expect.FAILED_FAILED),
                Arguments.of("M10 0", "{" + BASE + ",\"expires_on\":0}", Expect.FAILED_FAILED),
                Arguments.of("M10 negative", "{" + BASE + ",\"expires_on\":-5}", Expect.FAILED_FAILED),
                Arguments.of("M10 1e9", "{" + BASE + ",\"expires_on\":1e9}", Expect.FAILED_FAILED),
                Arguments.of("M10 13 digits", "{" + BASE + ",\"expires_on\":\"1700000000000\"}", Expect.FAILED_FAILED),
                Arguments.of(
                        "M10 20 digits", "{" + BASE + ",\"expires_on\":17000000000000000000}", Expect.FAILED_FAILED),
                Arguments.of("M10 expires_in 0", "{" + BASE + ",\"expires_in\":0}", Expect.FAILED_FAILED),
                Arguments.of(
                        "M16 pop",
                        "{\"access_token\":\"T\",\"token_type\":\"pop\",\"expires_in\":3600}",
                        Expect.FAILED_FAILED),
                Arguments.of(
                        "M16 no text",
                        "{\"access_token\":\"T\",\"token_type\":5,\"expires_in\":3600}",
                        Expect.FAILED_FAILED),
                Arguments.of("M19 brackets", "[".repeat(10_000), Expect.FAILED_UNAVAILABLE),
                Arguments.of("M19 nested objects", "{\"a\":".repeat(10_000), Expect.FAILED_UNAVAILABLE));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("badAnswers")
    void getToken_badAnswer_fails(String row, String body, Expect expected) {
        for (HostedEndpoint endpoint : new HostedEndpoint[] {appService, imds}) {
            endpoint.always(Reply.json(200, body));

            expected.check(failure(direct(on(endpoint))));
            expected.check(failure(chained(on(endpoint))));
        }
        assertEquals(4, cloud.requests().size());
    }

    @Test
    @DisplayName("M10 an expired token: clock hint")
    void getToken_expired_hintsAtClock() {
        appService.always(Reply.json(200, "{" + BASE + ",\"expires_on\":\"1000000\"}"));

        assertEquals(
                "ManagedIdentityCredential: App Service answered, but its token has already expired. Check the clock of"
                        + " this machine.",
                failure(direct(on(appService))).getMessage());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "M6 | \"expires_on\":\"garbage\",\"expires_in\":\"3600\"",
                "M6 | \"expires_on\":\"1700000000000\",\"expires_in\":\"3600\"",
                "M7 | \"expires_in\":\"3600\"",
                "M7 | \"expires_in\":3600",
                "M7 | \"expires_on\":null,\"expires_in\":\" 3600 \"",
                "M7 | \"expires_on\":\"\",\"expires_in\":3600"
            })
    void getToken_relativeExpiry_countsFromSending(String row, String fields) {
        appService.enqueue(Reply.status(500), Reply.json(200, "{" + BASE + "," + fields + "}"));

        AccessToken token = direct(on(appService)).getToken(REQUEST);

        assertEquals(
                cloud.clock().instant().plusSeconds(3600).toEpochMilli(),
                token.expiresOn().toEpochMilli());
    }

    static Stream<Arguments> oversized() {
        return Stream.of(
                Arguments.of("1 MiB + 1", Reply.oversized((1 << 20) + 1)),
                Arguments.of("endless", Reply.endlessChunked()),
                Arguments.of("gzip bomb", Reply.bytes(200, new byte[8 << 20]).gzip()));
    }

    @ParameterizedTest(name = "M11 {0}")
    @MethodSource("oversized")
    void getToken_oversizedBody_failsAtOnce(String what, Reply reply) {
        appService.always(reply);

        Expect.FAILED_FAILED.check(failure(direct(on(appService))));

        assertEquals(1, count(appService));
    }

    @Test
    @DisplayName("M11 IMDS: something else answers")
    void getToken_oversizedBodyOfImds_isNotImds() {
        imds.always(Reply.endlessChunked());

        Expect.FAILED_UNAVAILABLE.check(failure(direct(onMachine())));
    }

    @Test
    @DisplayName("M12 gzip that was not asked for")
    void getToken_gzip_isUnpacked() {
        appService.always(ok("T").gzip());

        assertEquals("T", direct(on(appService)).getToken(REQUEST).token());
    }

    @Test
    @DisplayName("M13 redirect is not followed")
    void getToken_redirect_isNotFollowed() {
        appService.always(Reply.redirect(cloud.azureMl().uri()));

        Expect.FAILED_FAILED.check(failure(direct(on(appService))));

        assertEquals(0, cloud.azureMl().connections());
    }

    static Stream<Arguments> oddAnswers() {
        String json = "{\"unknown\":{\"nested\":[1,{\"a\":null}]}," + BASE + ",\"expires_in\":3600}";
        return Stream.of(
                Arguments.of("M14 text/html", Reply.html(200, json)),
                Arguments.of("M14 no type", Reply.bytes(200, json.getBytes(StandardCharsets.UTF_8))),
                Arguments.of("M14 byte order mark", Reply.json(200, "\uFEFF" + json)),
                Arguments.of(
                        "M15 duplicate keys",
                        Reply.json(200, "{\"access_token\":\"first\"," + BASE + ",\"expires_in\":3600}")),
                Arguments.of("M16 absent", Reply.json(200, "{\"access_token\":\"T\",\"expires_in\":3600}")),
                Arguments.of(
                        "M16 bearer",
                        Reply.json(200, "{\"access_token\":\"T\",\"token_type\":\"bEARER\",\"expires_in\":3600}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddAnswers")
    void getToken_oddAnswer_isRead(String row, Reply reply) {
        appService.always(reply);

        assertEquals("T", direct(on(appService)).getToken(REQUEST).token());
    }

    @ParameterizedTest(name = "M17 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "flat | {\"error\":\"the_code\",\"error_description\":\"the words\"}",
                "nested | {\"error\":{\"code\":\"the_code\",\"message\":\"the words\",\"correlationId\":\"the-id\"}}",
                "numbered | {\"statusCode\":400,\"message\":\"the words\",\"correlationId\":\"the-id\"}",
                "plain | the words"
            })
    void getToken_error_isShown(String shape, String body) {
        appService.always(Reply.json(400, body));

        ClientAuthenticationException failure = failure(direct(on(appService)));

        Expect.FAILED_FAILED.check(failure);
        assertEquals(400, failure.details().httpStatus().orElseThrow());
        assertTrue(failure.getMessage().contains("HTTP 400"), failure::getMessage);
        assertTrue(failure.getMessage().contains("the words"), failure::getMessage);
        assertEquals(body.contains("the_code"), failure.getMessage().contains("the_code"));
        assertEquals(body.contains("the-id"), failure.getMessage().contains("the-id"));
    }

    static Stream<Arguments> hostileErrors() {
        return Stream.of(
                Arguments.of("400 empty", Reply.status(400)),
                Arguments.of("500 HTML 100 kB", Reply.html(500, "<p>é\u0007</p>".repeat(10_000))),
                Arguments.of("text with CR LF and ESC", Reply.text(400, "a\r\nb\u001b[31mred\u0085c\u2028d")),
                Arguments.of("control characters in JSON", Reply.json(400, "{\"error\":\"\\r\\n\\u001b[0m\"}")));
    }

    @ParameterizedTest(name = "M18 {0}")
    @MethodSource("hostileErrors")
    void getToken_hostileError_isShortenedAndCleaned(String what, Reply reply) {
        appService.always(reply);

        String message = failure(direct(on(appService))).getMessage();

        assertTrue(message.length() <= 1024, message);
        assertTrue(message.codePoints().noneMatch(c -> c < 32 || c >= 127 && c < 160 || c == 0x2028), message);
    }

    @Test
    @DisplayName("M20 IMDS 400 invalid_resource: Failed / Failed, AADSTS code shown")
    void getToken_unknownResource_fails() {
        cloud.authority().removeResource(RESOURCE);

        ClientAuthenticationException failure = failure(chained(onMachine()));

        Expect.FAILED_FAILED.check(failure);
        assertTrue(failure.getMessage().contains("AADSTS500011"), failure::getMessage);
        assertEquals(java.util.List.of(500011), failure.details().aadstsCodes());
    }

    @Test
    @DisplayName("M21 IMDS 400 Identity not found, none named: Failed / Unavailable")
    void getToken_noIdentity_fails() {
        imds.identities().systemAssigned(false);

        Expect.FAILED_UNAVAILABLE.check(failure(direct(onMachine())));
        Expect.FAILED_UNAVAILABLE.check(failure(chained(onMachine())));
    }

    @Test
    @DisplayName("M21 IMDS 400 Identity not found, id set in code: Failed / Failed")
    void getToken_unknownIdentityInCode_stopsChain() {
        TestContext context = onMachine().managedIdentityId(ManagedIdentityId.clientId(CLIENT_ID));

        ClientAuthenticationException failure = failure(chained(context));

        Expect.FAILED_FAILED.check(failure);
        assertEquals(
                "ManagedIdentityCredential: IMDS refused the request with HTTP 400 (invalid_request): Identity not"
                        + " found. Assign the identity named by client id to this host, or correct its id.",
                failure.getMessage());
    }

    @Test
    @DisplayName("M21 IMDS 400 Identity not found, id from AZURE_CLIENT_ID: Failed / Unavailable")
    void getToken_unknownIdentityFromEnvironment_fails() {
        TokenCredential credential = ManagedIdentityCredential.builder()
                .context(onMachine().env("AZURE_CLIENT_ID", CLIENT_ID))
                .clientIdFromEnvironment()
                .build();

        Expect.FAILED_UNAVAILABLE.check(failure(credential));
    }

    @ParameterizedTest(name = "IMDS {0} {1}: {2}")
    @CsvSource({
        "400, text, FAILED_UNAVAILABLE",
        "401, json, FAILED_FAILED",
        "401, text, FAILED_UNAVAILABLE",
        "403, json, FAILED_FAILED",
        "403, text, UNAVAILABLE",
        "404, json, FAILED_UNAVAILABLE",
        "405, json, FAILED_FAILED",
        "408, json, FAILED_UNAVAILABLE",
        "410, json, FAILED_UNAVAILABLE",
        "429, text, FAILED_FAILED",
        "500, text, FAILED_FAILED",
        "502, json, FAILED_UNAVAILABLE",
        "503, text, FAILED_FAILED",
        "504, json, FAILED_UNAVAILABLE",
        "302, text, FAILED_UNAVAILABLE"
    })
    void getToken_imdsStatus_isJudged(int status, String body, Expect expected) {
        imds.always(body.equals("json") ? Reply.json(status, "{\"error\":\"x\"}") : Reply.text(status, "words"));

        expected.check(failure(direct(onMachine())));
    }

    @Test
    @DisplayName("M22 IMDS 403 HTML: Unavailable / Unavailable")
    void getToken_forbiddenPage_isUnavailable() {
        imds.always(Reply.html(403, "<html>nettverket kan ikke nås</html>"));

        Expect.UNAVAILABLE.check(failure(direct(onMachine())));
        Expect.UNAVAILABLE.check(failure(chained(on(imds))));
    }

    @ParameterizedTest(name = "M23 {0}")
    @CsvSource({"IDENTITY_HEADER", "MSI_SECRET"})
    void getToken_headerWithLineBreak_sendsNothing(String variable) {
        HostedEndpoint endpoint = variable.equals("MSI_SECRET") ? cloud.azureMl() : appService;
        TestContext context = on(endpoint).env(variable, "secret\r\nX-Forged: yes");

        ClientAuthenticationException failure = failure(direct(context));

        assertEquals(ClientAuthenticationException.class, failure.getClass());
        assertTrue(failure.getMessage().contains(variable), failure::getMessage);
        assertFalse(failure.getMessage().contains("secret\r"), failure::getMessage);
        assertEquals(0, endpoint.connections());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"refresh_in 0, 0", "refresh_in beyond expiry, 90000"})
    void getToken_uselessRefreshIn_isIgnored(String what, String seconds) {
        appService.always(Reply.token(body("T").withText("refresh_in", seconds)));

        AccessToken token = direct(on(appService)).getToken(REQUEST);

        Instant half = cloud.clock().instant().plus(Duration.ofHours(12));
        assertTrue(Duration.between(token.refreshOn().orElseThrow(), half).abs().toMillis() < 1000);
    }
}
