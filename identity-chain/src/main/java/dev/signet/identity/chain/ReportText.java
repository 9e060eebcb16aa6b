// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.Attempt;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes the report of a walk. Loaded only when somebody reads one. */
final class ReportText {
    private final String chainName;
    private final TokenRequestContext request;
    private final String selection;
    private final List<String> excluded;
    private final List<String> problems;

    ReportText(
            String chainName,
            TokenRequestContext request,
            String selection,
            List<String> excluded,
            List<String> problems) {
        this.chainName = chainName;
        this.request = request;
        this.selection = selection;
        this.excluded = excluded;
        this.problems = problems;
    }

    String write(List<Attempt> attempts, List<String> notTried, boolean stopped, Duration duration) {
        StringBuilder text = new StringBuilder();
        head(text, attempts, duration);
        rows(text, attempts, stopped);
        if (!notTried.isEmpty()) {
            text.append("\nNot tried: ").append(String.join(", ", notTried));
        }
        for (String problem : problems) {
            text.append("\nNot loaded: ").append(problem);
        }
        if (!selection.isEmpty()) {
            text.append("\nSelection: ").append(selection);
            if (!excluded.isEmpty()) {
                text.append("; excluded: ").append(String.join(", ", excluded));
            }
        }
        correlation(text, attempts);
        return text.toString();
    }

    private void head(StringBuilder text, List<Attempt> attempts, Duration duration) {
        String winner = null;
        for (Attempt attempt : attempts) {
            if (winner == null && attempt.outcome() == Outcome.TOKEN) {
                winner = attempt.credentialName();
            }
        }
        text.append(chainName)
                .append(winner == null ? " got no token for " : " got a token from " + winner + " for ")
                .append(String.join(" ", request.scopes()))
                .append(" (tenant: ")
                .append(request.tenantId().orElse("default"))
                .append(") in ");
        long hundredths = duration.toMillis() / 10;
        text.append(hundredths / 100).append('.');
        text.append(hundredths % 100 < 10 ? "0" : "").append(hundredths % 100).append(" s.");
    }

    private static void rows(StringBuilder text, List<Attempt> attempts, boolean stopped) {
        List<String> words = new ArrayList<>();
        int nameWidth = 0;
        int wordWidth = 0;
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            boolean last = stopped && i == attempts.size() - 1;
            words.add(word(attempt) + suffix(attempt, last));
            nameWidth = Math.max(nameWidth, attempt.credentialName().length());
            wordWidth = Math.max(wordWidth, words.get(i).length());
        }
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            text.append('\n').append(i < 9 ? " " : "").append(i + 1).append(' ');
            pad(text, attempt.credentialName(), nameWidth);
            pad(text.append(' '), words.get(i), wordWidth);
            text.append("  ").append(attempt.reason());
            if (!attempt.remedy().isEmpty()) {
                text.append(attempt.reason().endsWith(".") ? " " : ". ").append(attempt.remedy());
            }
        }
    }

    private static void pad(StringBuilder text, String word, int width) {
        text.append(word);
        for (int i = word.length(); i < width + 1; i++) {
            text.append(' ');
        }
    }

    /** The outcome in words that a person understands. */
    static String word(Attempt attempt) {
        return switch (attempt.outcome()) {
            case TOKEN -> "token";
            case UNAVAILABLE -> unavailable(attempt.unavailableReason().orElse(UnavailableReason.NOT_REACHABLE));
            case INTERACTION_REQUIRED -> "sign-in needed";
            case REJECTED -> "rejected";
            case TRANSIENT -> "no proper answer";
            case MISCONFIGURED -> "misconfigured";
            case CANCELLED -> "cancelled";
            case BUG -> "failed unexpectedly";
        };
    }

    private static String unavailable(UnavailableReason reason) {
        return switch (reason) {
            case NOT_CONFIGURED -> "not configured";
            case NOT_INSTALLED -> "module missing";
            case NOT_SIGNED_IN -> "not signed in";
            case NOT_SUPPORTED, NOT_REACHABLE, UNEXPECTED_ANSWER -> "unavailable";
        };
    }

    private static String suffix(Attempt attempt, boolean stoppedHere) {
        if (attempt.outcome() == Outcome.TOKEN) {
            return "";
        }
        if (stoppedHere) {
            return ", stopped here";
        }
        boolean absent = attempt.outcome() == Outcome.UNAVAILABLE || attempt.outcome() == Outcome.INTERACTION_REQUIRED;
        return absent ? "" : ", went on";
    }

    private static void correlation(StringBuilder text, List<Attempt> attempts) {
        for (int i = attempts.size() - 1; i >= 0; i--) {
            if (attempts.get(i).exception().orElse(null) instanceof ClientAuthenticationException failure
                    && failure.details().correlationId().isPresent()) {
                text.append("\nCorrelation: ")
                        .append(failure.details().correlationId().get());
                return;
            }
        }
    }
}
