// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.internal.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntraErrorTest {
    private final EmbeddedCloud cloud = EmbeddedCloud.builder()
            .clock(MutableClock.at(Instant.parse("2026-03-04T05:06:07Z")))
            .start();
    private final EmbeddedAuthority authority = cloud.authority();

    @AfterEach
    void close() {
        cloud.close();
    }

    private HttpCalls.Answer ask() throws Exception {
        return HttpCalls.post(
                authority.sslContext(),
                authority.uri() + EmbeddedAuthority.DEFAULT_TENANT + "/oauth2/v2.0/token",
                "grant_type=client_credentials&client_id=app",
                "client-request-id",
                "11111111-2222-3333-4444-555555555555");
    }

    @ParameterizedTest(name = "AADSTS{0}: {1} {2}, {3}")
    @CsvSource({
        "7000215, 401, invalid_client,",
        "7000222, 401, invalid_client,",
        "700027, 401, invalid_client,",
        "7000112, 400, unauthorized_client,",
        "90002, 400, invalid_request,",
        "50196, 400, invalid_grant,",
        "65001, 400, invalid_grant, consent_required",
        "50076, 400, interaction_required, basic_action",
        "53003, 400, interaction_required, message_only",
        "90033, 503, temporarily_unavailable,",
    })
    void order_byNumber_isAnsweredAsEntraWould(int code, int status, String error, String suberror) throws Exception {
        authority.enqueue(Reply.error(EntraError.of(code)));

        HttpCalls.Answer answer = ask();
        Map<String, Object> body = Json.readObject(answer.body());

        assertEquals(status, answer.status());
        assertEquals(error, body.get("error"));
        assertEquals(suberror, body.get("suberror"));
        assertEquals(List.of((double) code), body.get("error_codes"));
        assertEquals("11111111-2222-3333-4444-555555555555", body.get("correlation_id"));
        assertEquals("2026-03-04 05:06:07Z", body.get("timestamp"));
        assertTrue(((String) body.get("error_description")).startsWith("AADSTS" + code + ": "));
    }

    @Test
    void order_changed_isAnsweredAsOrdered() throws Exception {
        String claims = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";
        authority.enqueue(Reply.error(EntraError.of(4711, 403, "access_denied")
                        .text("Not on Sundays.")
                        .suberror("weekday_required")
                        .claims(claims))
                .header("Retry-After", "7"));

        HttpCalls.Answer answer = ask();
        Map<String, Object> body = Json.readObject(answer.body());

        assertEquals(403, answer.status());
        assertEquals("7", answer.header("Retry-After"));
        assertEquals("access_denied", body.get("error"));
        assertEquals("weekday_required", body.get("suberror"));
        assertEquals(claims, body.get("claims"));
        assertTrue(((String) body.get("error_description")).startsWith("AADSTS4711: Not on Sundays. Trace ID: "));
    }

    @Test
    void order_ofAnUnknownNumber_saysWhatIsMissing() {
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> EntraError.of(1));

        assertEquals("AADSTS1 is not known here; say its HTTP status and OAuth code too", failure.getMessage());
        assertEquals(7000215, EntraError.of(7000215).code());
        assertEquals("AADSTS7000215 invalid_client", EntraError.of(7000215).toString());
        assertEquals(
                "Reply[AADSTS7000215 invalid_client, 0 bytes]",
                Reply.error(EntraError.of(7000215)).toString());
    }
}
