// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages that end a sign-in in the browser. What came from outside is escaped; no page has a script. */
final class AnswerPages {
    private final @Nullable String success;

    AnswerPages(@Nullable String success) {
        this.success = success;
    }

    String success() {
        return success == null
                ? page("Signed in", "You have signed in. You can close this window and go back to the application.")
                : success;
    }

    String refused(Map<String, String> answer) {
        String error = answer.getOrDefault("error", "");
        String description = answer.getOrDefault("error_description", "");
        return page("Not signed in", "The sign-in did not succeed: " + error + ". " + description);
    }

    String stray() {
        return page("Nothing here", "This is not the answer that the application waits for.");
    }

    private static String page(String title, String text) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
                + "</title></head>\n<body><h1>" + title + "</h1><p>" + escaped(text) + "</p></body></html>\n";
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
