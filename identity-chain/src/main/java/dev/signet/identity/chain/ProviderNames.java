// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How names of credentials are compared: without case and without the suffix {@code Credential}. */
final class ProviderNames {
    private static final String SUFFIX = "credential";

    private ProviderNames() {}

    /** What two spellings of one name have in common. */
    static String key(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(SUFFIX) && lower.length() > SUFFIX.length()
                ? lower.substring(0, lower.length() - SUFFIX.length())
                : lower;
    }

    /** Whether a name consists of letters and digits. */
    static boolean isValid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** The candidate that a mistyped name most likely means, or null when none is near. */
    static @Nullable String closest(String name, Collection<String> candidates) {
        String key = key(name);
        String best = null;
        int least = Math.max(2, key.length() / 4) + 1;
        for (String candidate : candidates) {
            int distance = distance(key, key(candidate));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
