// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.CommandResult;
import dev.signet.identity.core.EntraRemedies;
import dev.signet.identity.core.Redaction;
import dev.signet.identity.core.ServerError;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with any tool, in words.
 *
 * @param credentialName the credential
 * @param product the tool as people call it
 * @param program its file name
 * @param install how to get it; one sentence
 */
record ToolFailures(String credentialName, String product, String program, String install) {
    private static final String CORRELATION_ID = "correlation id: ";
    private static final int GUID_LENGTH = 36;

    /** It is not on this machine. */
    CredentialUnavailableException notFound() {
        return unavailable(
                UnavailableReason.NOT_REACHABLE, product + " not found: no " + program + " on PATH", install);
    }

    /** It ended by itself, or this says why not. */
    void checkEnding(CommandResult result, String file, Duration timeout) {
        switch (result.ending()) {
            case NOT_STARTED ->
                throw new CredentialUnavailableException(
                        FailureDetails.unavailable(
                                        credentialName,
                                        UnavailableReason.NOT_REACHABLE,
                                        product + " found at " + file + " but could not be started: " + reason(result))
                                .remedy("Check the installation. " + install)
                                .build(),
                        result.cause().orElse(null));
            case TIMED_OUT ->
                throw unavailable(
                        UnavailableReason.NOT_REACHABLE,
                        program + " did not answer within " + seconds(timeout) + " s (processTimeout), ended after "
                                + seconds(Duration.ofMillis(result.duration().toMillis())) + " s",
                        "Set a longer processTimeout if it is only slow; try it by hand to see what it waits for.");
            case TOO_MUCH_OUTPUT ->
                throw rejected(program + " wrote too much output for a token", "Check which program " + file + " is.");
            case INTERRUPTED ->
                throw new ClientAuthenticationException(
                        FailureDetails.rejected(credentialName, "interrupted while " + program + " was asked")
                                .outcome(Outcome.CANCELLED)
                                .build(),
                        new InterruptedException("interrupted while " + program + " was asked"));
            case EXITED -> {
                if (isMissing(result.exitCode(), result.errors() + result.output())) {
                    throw notFound();
                }
            }
        }
    }

    /** The file was found, but is a wrapper around a tool that is not there. */
    static boolean isMissing(int exitCode, String text) {
        if (exitCode == 0 || text.contains("AADSTS")) {
            return false;
        }
        return exitCode == 9009
                || exitCode == 127 && text.contains("not found")
                || text.contains("' is not recognized as an internal");
    }

    /** The request needs claims that only a sign-in can satisfy. */
    static AuthenticationRequiredException signInForClaims(
            String credentialName, TokenRequestContext request, String command, String otherwise) {
        return new AuthenticationRequiredException(
                FailureDetails.unavailable(
                                credentialName,
                                UnavailableReason.NOT_SUPPORTED,
                                "the resource demands claims that a new sign-in must satisfy")
                        .outcome(Outcome.INTERACTION_REQUIRED)
                        .remedy(run(command) + otherwise)
                        .build(),
                request,
                null);
    }

    CredentialUnavailableException notSignedIn(String said, String remedy) {
        return unavailable(
                UnavailableReason.NOT_SIGNED_IN,
                "nobody is signed in to " + product + (said.isEmpty() ? "" : " (" + Redaction.quote(said) + ")"),
                remedy);
    }

    CredentialUnavailableException unavailable(UnavailableReason code, String reason, String remedy) {
        return new CredentialUnavailableException(FailureDetails.unavailable(credentialName, code, reason)
                .remedy(remedy)
                .build());
    }

    ClientAuthenticationException rejected(String reason, String remedy) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(credentialName, reason).remedy(remedy).build());
    }

    /** Entra refused; the best remedy is the tool's own, then the usual one. */
    ClientAuthenticationException refusedByEntra(String said, @Nullable String suggestion, String signIn) {
        List<Integer> codes = ServerError.aadstsCodes(said);
        String usual = EntraRemedies.isSignInRequired(codes)
                ? run(signIn)
                : EntraRemedies.remedy(codes).orElse(run(signIn));
        String remedy = suggestion != null ? run(suggestion) : usual;
        return new ClientAuthenticationException(
                FailureDetails.rejected(credentialName, "Entra refused " + product + ": " + Redaction.quote(said))
                        .aadstsCodes(codes)
                        .correlationId(correlationId(said))
                        .remedy(remedy)
                        .build());
    }

    /** It ended with an exit code that means failure. */
    ClientAuthenticationException failed(CommandResult result, String said, String remedy) {
        return rejected(
                program + " failed with exit code " + result.exitCode()
                        + (said.isBlank() ? " and said nothing" : ": " + Redaction.quote(said)),
                remedy);
    }

    /** It ended well, but gave no token. */
    ClientAuthenticationException unexpected(String output, String remedy) {
        String text = output.strip();
        String what = text.isEmpty()
                ? "nothing"
                : isBareWord(text) ? "a bare word" : "something else: " + Redaction.quote(text);
        return rejected(program + " ended well but wrote no token that can be read, it wrote " + what, remedy);
    }

    /** It may be the token itself, in a shape that no rule of redaction knows. */
    private static boolean isBareWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '{' || c == '<') {
                return false;
            }
        }
        return true;
    }

    private static String reason(CommandResult result) {
        Throwable said = result.cause().orElse(null);
        // the outer exception repeats the command
        Throwable told = said == null || said.getCause() == null ? said : said.getCause();
        return told == null || told.getMessage() == null ? "no reason given" : Redaction.quote(told.getMessage());
    }

    private static @Nullable String correlationId(String text) {
        int start = text.toLowerCase(Locale.ROOT).indexOf(CORRELATION_ID) + CORRELATION_ID.length();
        int end = start;
        while (start >= CORRELATION_ID.length()
                && end < text.length()
                && (Character.digit(text.charAt(end), 16) >= 0 || text.charAt(end) == '-')) {
            end++;
        }
        return end - start == GUID_LENGTH ? text.substring(start, end) : null;
    }

    /** A command to paste; quoted, since a sentence ends behind it. */
    static String run(String command) {
        return "Run `" + command + "`.";
    }

    /** For example 10, 0.5. */
    static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
