// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@code az} writes when it fails: error lines, advice, and at times the traceback of a Python program. */
final class AzureCliErrors {
    private static final String ERROR = "ERROR:";
    private static final String TRACEBACK = "The command failed with an unexpected error";
    private static final String ADVICE_CHARACTERS = " .:/_-";

    private AzureCliErrors() {}

    /** The text without warnings; of a traceback only what the errors say, or its last line. */
    static String summary(String text) {
        boolean traceback = text.contains(TRACEBACK) || text.contains("Traceback (most recent call last)");
        List<String> kept = new ArrayList<>();
        String last = "";
        for (String line : text.lines().toList()) {
            String plain = line.strip();
            boolean error = plain.startsWith(ERROR);
            boolean noise = plain.isEmpty() || plain.startsWith("WARNING:") || plain.contains(TRACEBACK);
            if (!noise && (error || !traceback)) {
                kept.add(error ? plain.substring(ERROR.length()).strip() : plain);
            }
            last = noise ? last : plain;
        }
        return kept.isEmpty() ? last : String.join("\n", kept);
    }

    static String firstLine(String said) {
        int end = said.indexOf('\n');
        return end < 0 ? said : said.substring(0, end);
    }

    /** The last command that the text says to run, if it names a scope and is fit to be pasted; or null. */
    static @Nullable String suggestion(String text) {
        String found = null;
        for (String line : text.lines().toList()) {
            String plain = line.strip();
            if (plain.startsWith("az login --scope ") && isPlain(plain)) {
                found = plain;
            }
        }
        return found;
    }

    /** What to do about failures that have nothing to do with who is signed in. */
    static String remedy(String text) {
        if (text.contains("CERTIFICATE_VERIFY_FAILED")) {
            return "Name the certificates of your network's proxy in REQUESTS_CA_BUNDLE.";
        }
        if (text.contains("Max retries exceeded")) {
            return "Check the network, and HTTPS_PROXY if there is a proxy.";
        }
        if (text.contains("Subscription '")) {
            return "Look for the subscription's id: `az account list --output table`.";
        }
        return "Try it by hand: `az account get-access-token`.";
    }

    private static boolean isPlain(String command) {
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (!(c < 0x80 && Character.isLetterOrDigit(c)) && ADVICE_CHARACTERS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
