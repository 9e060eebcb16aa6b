// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.testkit.ToolReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the output of az, and what is not. */
class AzureCliOutputTest extends AzureCliFixture {
    private static final String NO_TOKEN =
            "AzureCliCredential: az ended well but wrote no token that can be read, it wrote ";
    private static final String NOT_A_TOKEN =
            "AzureCliCredential: az wrote something else in the place of a token." + BY_HAND;
    private static final String NO_EXPIRY =
            "AzureCliCredential: az wrote a token without an expiry that can be read." + BY_HAND;
    /** A full minute, which LocalDateTime would write without seconds; az never leaves them out. */
    private static final Instant JUNE = Instant.parse("2031-06-01T12:00:00Z");

    @Test
    @DisplayName("CLI-23")
    void output_warningsOnTheOtherStream_doNotMatter() {
        givesToken(success().errors("WARNING: one\nWARNING: two\nWARNING: three\n"));
    }

    @Test
    @DisplayName("CLI-24")
    void output_linesAround_doNotMatter() {
        givesToken(ToolReply.output("Argument '--tenant' is in preview.\n" + json("\"" + TOKEN + "\"")
                + "\nTake our survey: {\"x\": 1}\n"));
    }

    @Test
    @DisplayName("CLI-25")
    void output_otherBraces_doNotMatter() {
        givesToken(ToolReply.output("{not json} text\n" + json("\"" + TOKEN + "\"")));
        givesToken(ToolReply.output("{\"other\":\"}\\\"{\"}" + json("\"" + TOKEN + "\"")));
        givesToken(ToolReply.output("{ { [ " + json("\"" + TOKEN + "\"")));
        givesToken(ToolReply.output(json("\"" + TOKEN + "\"") + json("\"second\"")));
    }

    @Test
    @DisplayName("CLI-26")
    void output_byteOrderMarkAndCrLf_doNotMatter() {
        givesToken(ToolReply.output("\ufeff" + json("\"" + TOKEN + "\"").replace(",", ",\r\n") + "\r\n"));
        givesToken(ToolReply.output(("\ufeff" + json("\"" + TOKEN + "\"")).getBytes(StandardCharsets.UTF_16LE)));
    }

    @Test
    @DisplayName("CLI-27")
    void output_colours_doNotMatter() {
        givesToken(ToolReply.output("\u001b[32m" + json("\u001b[1m\"" + TOKEN + "\"\u001b[0m") + "\u001b[0m\n"));
    }

    @Test
    @DisplayName("CLI-36")
    void output_randomBytes_areQuotedWithoutControls() {
        byte[] bytes = new byte[4096];
        new java.util.Random(42).nextBytes(bytes);
        tool.always(ToolReply.output(bytes));
        ClientAuthenticationException failure = failure(credential(), REQUEST);
        assertEquals(ClientAuthenticationException.class, failure.getClass());
        assertTrue(failure.getMessage().startsWith(NO_TOKEN), failure::getMessage);
        assertTrue(failure.getMessage().length() < 700, failure::getMessage);
        assertTrue(failure.getMessage().chars().allMatch(c -> c >= ' ' && (c < 0x7F || c > 0xA0)), failure::getMessage);
    }

    @Test
    @DisplayName("CLI-37 other member")
    void output_otherEncodingInOtherMember_doesNotMatter() {
        String json = json("\"" + TOKEN + "\"").replace("Bearer", "caf\u00e9");
        givesToken(ToolReply.output(json.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    @DisplayName("CLI-37 token")
    void output_otherEncodingInTheToken_isRefused() {
        tool.always(ToolReply.output(json("\"T\u00e9" + MARKER + "\"").getBytes(StandardCharsets.ISO_8859_1)));
        isRefused(credential(), REQUEST, NOT_A_TOKEN);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                argumentSet("CLI-22", "", "nothing." + BY_HAND),
                argumentSet("CLI-22 blank", " \n\t", "nothing." + BY_HAND),
                argumentSet("CLI-36 word", MARKER, "a bare word." + BY_HAND),
                argumentSet(
                        "CLI-39",
                        "{\"accessToken\":\"" + MARKER + "\",\"expires_on\":",
                        "something else: {\"accessToken\":\"***\",\"expires_on\":." + BY_HAND),
                argumentSet(
                        "CLI-39 cut in the token",
                        "{\"accessToken\": \"" + MARKER,
                        "something else: {\"accessToken\": \"***." + BY_HAND),
                argumentSet(
                        "CLI-40 missing", "{\"tokenType\":\"x\"}", "something else: {\"tokenType\":\"x\"}." + BY_HAND),
                argumentSet(
                        "CLI-40 null", "{\"accessToken\":null}", "something else: {\"accessToken\":***}." + BY_HAND),
                argumentSet("CLI-51 array", "[1, 2]", "something else: [1, 2]." + BY_HAND),
                argumentSet("CLI-51 string", "\"a b\"", "something else: \"a b\"." + BY_HAND));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void output_withoutToken_isRefused(String output, String message) {
        tool.always(ToolReply.output(output));
        isRefused(credential(), REQUEST, NO_TOKEN + message);
    }

    @ParameterizedTest(name = "CLI-51 nested {0}")
    @ValueSource(strings = {"[", "{\"a\":", "{"})
    void output_nestedDeeply_isRefused(String nesting) {
        tool.always(ToolReply.output(nesting.repeat(10_000)));
        ClientAuthenticationException failure = failure(credential(), REQUEST);
        assertTrue(failure.getMessage().startsWith(NO_TOKEN), failure::getMessage);
    }

    @ParameterizedTest(name = "CLI-40 CLI-41 {0}")
    @ValueSource(
            strings = {"\"\"", "5", "true", "{}", "[]", "\"a b\"", "\"a\\r\\nX: y\"", "\"a\\u0000\"", "\"\\u007f\""})
    void output_somethingElseAsToken_isRefused(String member) {
        tool.always(ToolReply.output(json(member)));
        isRefused(credential(), REQUEST, NOT_A_TOKEN);
    }

    @ParameterizedTest(name = "CLI-42 {0}")
    @ValueSource(strings = {"\"1999999999\"", "1999999999.0", "1999999999", "1.999999999e9"})
    void expiry_epochSeconds_areReadInAnyNotation(String seconds) {
        tool.always(ToolReply.output("{\"accessToken\":\"" + TOKEN + "\",\"expires_on\":" + seconds
                + ",\"expiresOn\":\"2031-01-01 00:00:00.000000\"}"));
        givesToken(credential(), TOKEN, Instant.ofEpochSecond(1_999_999_999));
    }

    @ParameterizedTest(name = "CLI-43 {0}")
    @ValueSource(strings = {"\"abc\"", "-1", "1999999999000", "0", "null", "{}", "1999999999.5", "1e400", "\"\""})
    void expiry_secondsThatAreNone_giveWayToTheNextSource(String seconds) {
        context.env("TZ", "UTC");
        tool.always(ToolReply.output("{\"accessToken\":\"" + TOKEN + "\",\"expires_on\":" + seconds
                + ",\"expiresOn\":\"2031-01-01 00:00:00.000000\"}"));
        givesToken(credential(), TOKEN, Instant.parse("2031-01-01T00:00:00Z"));
    }

    @Test
    @DisplayName("CLI-44")
    void expiry_onlyInTheToken_isTaken() {
        String token = jwt("{\"exp\":1999999999}");
        tool.always(
                ToolReply.output("{\"accessToken\":\"" + token + "\",\"expiresOn\":\"2031-01-01 00:00:00.000000\"}"));
        givesToken(credential(), token, Instant.ofEpochSecond(1_999_999_999));
    }

    @ParameterizedTest(name = "CLI-45 {0}")
    @ValueSource(strings = {"Asia/Tokyo", ":America/New_York", "UTC"})
    void expiry_wallClock_isReadInTheZoneOfTheTool(String zone) {
        context.env("TZ", zone);
        tool.always(wallClock(JUNE, ZoneId.of(zone.replace(":", ""))));
        givesToken(credential(), TOKEN, JUNE);
    }

    @Test
    @DisplayName("CLI-45 zone of the system")
    void expiry_wallClockWithoutVariable_isReadInTheZoneOfTheSystem() {
        tool.always(wallClock(JUNE, ZoneId.systemDefault()));
        givesToken(credential(), TOKEN, JUNE);
        context.env("TZ", "no/such/zone");
        givesToken(credential(), TOKEN, JUNE);
    }

    @Test
    @DisplayName("CLI-46")
    void expiry_wallClockInTheAutumnOverlap_isTheEarlierMoment() {
        context.env("TZ", "Europe/Rome").clock().set(Instant.parse("2026-10-25T00:00:00Z"));
        tool.always(wallClock("2026-10-25 02:30:00.000000"));
        givesToken(credential(), TOKEN, Instant.parse("2026-10-25T00:30:00Z"));
    }

    @ParameterizedTest(name = "CLI-47 {0}")
    @CsvSource({
        "2030-01-01T00:00:00+02:00, 2029-12-31T22:00:00Z",
        "2030-01-01T00:00:00.123Z, 2030-01-01T00:00:00Z",
        "2030-01-01T00:00:00.123456Z, 2030-01-01T00:00:00Z",
        "2030-01-01 00:00:00, 2030-01-01T00:00:00Z",
        "2030-01-01 00:00:00.123, 2030-01-01T00:00:00Z",
        "2030-01-01 00:00:00.123456789, 2030-01-01T00:00:00Z"
    })
    void expiry_otherFormats_areRead(String written, Instant expected) {
        context.env("TZ", "UTC");
        tool.always(wallClock(written));
        givesToken(credential(), TOKEN, expected);
    }

    @ParameterizedTest(name = "CLI-48 {0}")
    @ValueSource(strings = {"N/A", "", "tomorrow", "2030-13-01 00:00:00", "9999-12-31 00:00:00"})
    void expiry_unreadable_isRefused(String written) {
        tool.always(wallClock(written));
        isRefused(credential(), REQUEST, NO_EXPIRY);
    }

    @Test
    @DisplayName("CLI-49")
    void expiry_missing_isRefused() {
        tool.always(ToolReply.output("{\"accessToken\":\"" + TOKEN + "\"}"));
        isRefused(credential(), REQUEST, NO_EXPIRY);
    }

    @Test
    @DisplayName("CLI-50")
    void expiry_past_pointsToTheClock() {
        tool.always(ToolReply.azToken(TOKEN, context.clock().instant().minusSeconds(60)));
        ClientAuthenticationException failure = isRefused(
                credential(),
                REQUEST,
                "AzureCliCredential: the source gave a token that has expired. Check the clock of this machine.");
        assertEquals(Outcome.TRANSIENT, failure.outcome());
    }

    /** The zone was guessed; az itself never gives away a token with less than five minutes left. */
    @Test
    void expiry_wallClockInThePast_isTakenForAWrongZone() {
        context.env("TZ", "UTC");
        tool.always(wallClock("2020-01-01 00:00:00"));
        givesToken(credential(), TOKEN, context.clock().instant().plus(Duration.ofMinutes(5)));
    }

    private static ToolReply wallClock(Instant moment, ZoneId zone) {
        return wallClock(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
                .withZone(zone)
                .format(moment));
    }

    private static ToolReply wallClock(String written) {
        return ToolReply.output("{\"accessToken\":\"" + TOKEN + "\",\"expiresOn\":\"" + written + "\"}");
    }

    static String jwt(String claims) {
        return "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "." + MARKER;
    }
}
