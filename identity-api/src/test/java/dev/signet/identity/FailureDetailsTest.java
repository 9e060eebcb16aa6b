// SPDX-License-Identifier: MIT
package dev.signet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FailureDetailsTest {
    private static final FailureDetails.Builder FULL = FailureDetails.rejected("TestCredential", "refused")
            .outcome(Outcome.TRANSIENT)
            .remedy("Try again")
            .link("https://example.com/x")
            .unavailableReason(UnavailableReason.NOT_REACHABLE)
            .errorCode("invalid_client")
            .suberror("bad_token")
            .aadstsCodes(List.of(7000215))
            .correlationId("corr")
            .traceId("trace")
            .timestamp("2026-01-01")
            .httpStatus(401)
            .retryAfter(Duration.ofSeconds(7))
            .claims("{}")
            .responseBody("body");

    @Test
    void message_reasonOnly() {
        assertEquals(
                "TestCredential: it was refused.",
                FailureDetails.rejected("TestCredential", "it was refused")
                        .build()
                        .message());
    }

    @Test
    void message_reasonThatEndsWithAFullStop_getsNoSecondOne() {
        assertEquals(
                "TestCredential: it was refused. Do this.",
                FailureDetails.rejected("TestCredential", "it was refused.")
                        .remedy("Do this.")
                        .build()
                        .message());
    }

    @Test
    void message_remedyAndLink_comeLast() {
        assertEquals(
                "TestCredential: refused. Try again. https://example.com/x",
                FULL.build().message());
        assertEquals(FULL.build().message(), FULL.build().toString());
    }

    @Test
    void message_emptyRemedy_isLeftOut() {
        assertEquals(
                "TestCredential: refused. https://example.com/x",
                FailureDetails.rejected("TestCredential", "refused")
                        .remedy("")
                        .link("https://example.com/x")
                        .build()
                        .message());
    }

    @Test
    void message_chain_isItsReport() {
        Attempt attempt = Attempt.succeeded("A", Duration.ZERO);
        FailureDetails details = FULL.build().toBuilder()
                .attempts(List.of(attempt), "the report\nof two lines")
                .build();
        assertEquals("the report\nof two lines", details.message());
        assertEquals(List.of(attempt), details.attempts());
    }

    @Test
    void rejected_defaults() {
        FailureDetails details =
                FailureDetails.rejected("TestCredential", "refused").build();
        assertEquals(Outcome.REJECTED, details.outcome());
        assertEquals("TestCredential", details.credentialName());
        assertEquals("refused", details.reason());
        assertEquals(Optional.empty(), details.remedy());
        assertEquals(Optional.empty(), details.link());
        assertEquals(Optional.empty(), details.unavailableReason());
        assertEquals(Optional.empty(), details.errorCode());
        assertEquals(OptionalInt.empty(), details.httpStatus());
        assertEquals(List.of(), details.aadstsCodes());
        assertEquals(List.of(), details.attempts());
    }

    @Test
    void unavailable_hasItsReason() {
        FailureDetails details = FailureDetails.unavailable(
                        "TestCredential", UnavailableReason.NOT_SIGNED_IN, "nobody is signed in")
                .build();
        assertEquals(Outcome.UNAVAILABLE, details.outcome());
        assertEquals(Optional.of(UnavailableReason.NOT_SIGNED_IN), details.unavailableReason());
    }

    @Test
    void toBuilder_copiesEveryFact() {
        FailureDetails copy = FULL.build().toBuilder().build();
        assertEquals("TestCredential", copy.credentialName());
        assertEquals(Outcome.TRANSIENT, copy.outcome());
        assertEquals("refused", copy.reason());
        assertEquals(Optional.of("Try again"), copy.remedy());
        assertEquals(Optional.of("https://example.com/x"), copy.link());
        assertEquals(Optional.of(UnavailableReason.NOT_REACHABLE), copy.unavailableReason());
        assertEquals(Optional.of("invalid_client"), copy.errorCode());
        assertEquals(Optional.of("bad_token"), copy.suberror());
        assertEquals(List.of(7000215), copy.aadstsCodes());
        assertEquals(Optional.of("corr"), copy.correlationId());
        assertEquals(Optional.of("trace"), copy.traceId());
        assertEquals(Optional.of("2026-01-01"), copy.timestamp());
        assertEquals(OptionalInt.of(401), copy.httpStatus());
        assertEquals(Optional.of(Duration.ofSeconds(7)), copy.retryAfter());
        assertEquals(Optional.of("{}"), copy.claims());
        assertEquals(Optional.of("body"), copy.responseBody());
    }

    @Test
    void build_builderUsedAgain_leavesWhatItBuilt() {
        List<Integer> codes = new ArrayList<>(List.of(1));
        FailureDetails.Builder builder =
                FailureDetails.rejected("TestCredential", "first").aadstsCodes(codes);
        FailureDetails details = builder.build();
        builder.reason("second").httpStatus(500);
        codes.clear();
        assertEquals("first", details.reason());
        assertEquals(OptionalInt.empty(), details.httpStatus());
        assertEquals(List.of(1), details.aadstsCodes());
    }

    @Test
    void exceptions_nestAndCarryTheFacts() {
        RuntimeException cause = new RuntimeException("cause");
        TokenRequestContext request = TokenRequestContext.of("a");
        FailureDetails details = FailureDetails.unavailable(
                        "TestCredential", UnavailableReason.NOT_SIGNED_IN, "sign in first")
                .outcome(Outcome.INTERACTION_REQUIRED)
                .build();
        ClientAuthenticationException failure = new AuthenticationRequiredException(details, request, cause);
        assertTrue(failure instanceof CredentialUnavailableException);
        assertEquals(Outcome.INTERACTION_REQUIRED, failure.outcome());
        assertEquals("TestCredential", failure.credentialName());
        assertEquals("TestCredential: sign in first.", failure.getMessage());
        assertEquals(cause, failure.getCause());
        assertEquals(List.of(), failure.attempts());
        assertEquals(request, ((AuthenticationRequiredException) failure).request());
    }

    @Test
    void unavailableException_shortForm_isNotConfigured() {
        CredentialUnavailableException failure =
                new CredentialUnavailableException("TestCredential", "AZURE_X is not set", "Set it.");
        assertEquals("TestCredential: AZURE_X is not set. Set it.", failure.getMessage());
        assertEquals(Outcome.UNAVAILABLE, failure.outcome());
        assertEquals(
                Optional.of(UnavailableReason.NOT_CONFIGURED), failure.details().unavailableReason());
        assertThrows(NullPointerException.class, () -> FailureDetails.rejected("TestCredential", null)
                .build());
    }
}
