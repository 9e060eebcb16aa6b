// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What may stand on a command line. No shell sees it, but batch files parse their arguments once more, and texts for
 * people are pasted into shells; scopes and tenants can come from a server's challenge.
 */
final class ToolArguments {
    private static final int MOST_SCOPE = 1024;
    private static final int MOST_SUBSCRIPTION = 256;

    private ToolArguments() {}

    /** The same scope. */
    static String scope(String credentialName, String scope) {
        if (scope.length() > MOST_SCOPE || scope.startsWith("-") || !consistsOf(scope, ".:/_-")) {
            throw new IllegalArgumentException(
                    credentialName + ": a scope must consist of letters, digits and . : / _ -,"
                            + " not start with - and have at most " + MOST_SCOPE + " characters");
        }
        return scope;
    }

    /** The same id or name. */
    static String subscription(String subscription) {
        boolean valid = !subscription.isEmpty()
                && subscription.length() <= MOST_SUBSCRIPTION
                && !subscription.startsWith("-")
                && subscription.equals(subscription.strip());
        if (!valid || !consistsOf(subscription, "._- ")) {
            throw new IllegalArgumentException(
                    "subscription must consist of letters, digits, blanks and . _ -; give the"
                            + " subscription's id if its name has other characters");
        }
        return subscription;
    }

    /** Claims as the tools take them. */
    static String claims(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean consistsOf(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
