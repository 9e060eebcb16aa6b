// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.FailureDetails;
import dev.signet.identity.spi.TransportResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":\"c\",\"error_description\":\"d\"}|HTTP 400 (c): d",
                "{\"error\":{\"code\":\"c\",\"message\":\"d\",\"correlationId\":\"i\"}}|HTTP 400 (c): d, correlation id i",
                "{\"error\":{\"code\":42,\"message\":\"d\"}}|HTTP 400 (42): d",
                "{\"statusCode\":500,\"message\":\"d\",\"correlationId\":\"i\"}|HTTP 400: d, correlation id i",
                "{\"error\":7}|HTTP 400 (7)",
                "{\"error\":\"c\"}|HTTP 400 (c)",
                "{\"error\":\" \",\"message\":\"\"}|HTTP 400: {\"error\":\" \",\"message\":\"\"}",
                "plain words|HTTP 400: plain words",
                "''|HTTP 400",
                "[]|HTTP 400: []",
            })
    void summary_everyShape(String body, String expected) {
        assertEquals(expected, read(body).summary());
        assertEquals(expected, read(body).toString());
    }

    @Test
    void isJson_onlyForAnObject() {
        assertTrue(read("{}").isJson());
        assertFalse(read("[]").isJson());
        assertFalse(read("<html>").isJson());
        assertFalse(read("").isJson());
    }

    @Test
    void aadstsCodes_ofAnyText_areFoundInOrder() {
        assertEquals(
                List.of(500011, 50076),
                ServerError.aadstsCodes("ERROR: AADSTS500011: no such resource. AADSTS: AADSTS50076"));
        assertEquals(List.of(), ServerError.aadstsCodes("AADSTS"));
    }

    @Test
    void aadstsCodes_listedElseInTheDescription() {
        assertEquals(
                List.of(1, 2),
                read("{\"error_codes\":[1,2,\"x\",99999999999],\"error_description\":\"AADSTS3\"}")
                        .aadstsCodes());
        assertEquals(
                List.of(700024, 50001),
                read("{\"error_description\":\"AADSTS700024: a AADSTS: b AADSTS50001\"}")
                        .aadstsCodes());
        assertEquals(
                List.of(123456789),
                read("{\"error_description\":\"AADSTS12345678901234567890\"}").aadstsCodes());
        assertEquals(List.of(), read("AADSTS5").aadstsCodes());
    }

    @Test
    void summary_hugeHtml_rowM18_isShortAndClean() {
        String summary = read("<html>\r\n\u001b[31m" + "xx.".repeat(33_000)).summary();
        assertTrue(summary.length() <= 1024, "length " + summary.length());
        assertTrue(summary.startsWith("HTTP 400: <html> [31mxx.xx"), summary);
    }

    @Test
    void summary_hostileJson_isShort() {
        String big = "x".repeat(5000);
        String summary = read("{\"error\":\"" + big + "\",\"error_description\":\"" + big + "\",\"correlation_id\":\""
                        + big + "\"}")
                .summary();
        assertTrue(summary.length() <= 1024, "length " + summary.length());
    }

    @Test
    void addTo_secretsInTheBody_areMasked() {
        FailureDetails details =
                read("{\"error\":\"c\",\"error_description\":\"secret=canary\",\"password\":\"canary b\"}")
                        .addTo(FailureDetails.rejected("Test", "refused"))
                        .build();
        assertFalse(details.responseBody().orElseThrow().contains("canary"));
        assertEquals(
                "HTTP 400 (c): secret=***",
                read("{\"error\":\"c\",\"error_description\":\"secret=canary\"}")
                        .summary());
    }

    private static ServerError read(String body) {
        return ServerError.read(new TransportResponse(400, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }
}
