// SPDX-License-Identifier: MIT
package dev.signet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private static final Duration TIME = Duration.ofMillis(12);

    @Test
    void succeeded_hasNothingToDo() {
        Attempt attempt = Attempt.succeeded("A", TIME);
        assertEquals("A", attempt.credentialName());
        assertEquals(Outcome.TOKEN, attempt.outcome());
        assertEquals("token received", attempt.reason());
        assertEquals("", attempt.remedy());
        assertEquals(TIME, attempt.duration());
        assertEquals(Optional.empty(), attempt.exception());
        assertEquals(Optional.empty(), attempt.unavailableReason());
        assertEquals("A TOKEN: token received", attempt.toString());
    }

    @Test
    void failed_ourException_takesItsFactsInOneLine() {
        CredentialUnavailableException failure = new CredentialUnavailableException(FailureDetails.unavailable(
                        "A", UnavailableReason.NOT_REACHABLE, "no\r\n\t answer\u0085from\u2028there ")
                .remedy("Check it.")
                .build());
        Attempt attempt = Attempt.failed("A", failure, TIME);
        assertEquals(Outcome.UNAVAILABLE, attempt.outcome());
        assertEquals("no answer from there", attempt.reason());
        assertEquals("Check it.", attempt.remedy());
        assertEquals(Optional.of(UnavailableReason.NOT_REACHABLE), attempt.unavailableReason());
        assertSame(failure, attempt.exception().orElseThrow());
    }

    @Test
    void failed_wrongSetting_isMisconfigured() {
        assertFailed(Outcome.MISCONFIGURED, "bad tenant", new IllegalArgumentException("bad tenant"));
        assertFailed(Outcome.MISCONFIGURED, "two ids", new IllegalStateException("two ids"));
        assertFailed(
                Outcome.MISCONFIGURED, "java.lang.IllegalStateException", new IllegalStateException((String) null));
    }

    @Test
    void failed_cancellation_isNoWrongSetting() {
        assertFailed(Outcome.CANCELLED, "interrupted", new CancellationException("interrupted"));
    }

    @Test
    void failed_anythingElse_isABugNamedByItsClass() {
        assertFailed(Outcome.BUG, "java.lang.NullPointerException", new NullPointerException());
        assertFailed(Outcome.BUG, "java.lang.AssertionError: a b", new AssertionError("a\nb"));
    }

    @Test
    void withOutcome_changesNothingElse() {
        Attempt attempt = Attempt.failed("A", new IllegalArgumentException("x"), TIME);
        Attempt changed = attempt.withOutcome(Outcome.UNAVAILABLE);
        assertEquals(Outcome.UNAVAILABLE, changed.outcome());
        assertEquals("x", changed.reason());
        assertEquals(attempt.exception(), changed.exception());
    }

    private static void assertFailed(Outcome outcome, String reason, Throwable failure) {
        Attempt attempt = Attempt.failed("A", failure, TIME);
        assertEquals(outcome, attempt.outcome());
        assertEquals(reason, attempt.reason());
        assertEquals("", attempt.remedy());
        assertEquals(Optional.empty(), attempt.unavailableReason());
    }
}
