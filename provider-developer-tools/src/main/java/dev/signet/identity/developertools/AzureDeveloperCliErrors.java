// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.core.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@code azd} writes when it fails: before 1.23.7 messages for a console, from 1.24.0 an error object,
 * between the two both, and plain text when it does not understand its arguments.
 *
 * @param said what went wrong, in its own words; may be several lines
 * @param suggestion what it says to do, which it says of nearly every failure; possibly empty
 */
record AzureDeveloperCliErrors(String said, String suggestion) {
    private static final String ERROR = "ERROR:";

    static AzureDeveloperCliErrors read(String text) {
        List<String> messages = new ArrayList<>();
        for (JsonObject object : JsonInText.objects(text)) {
            Optional<String> error = object.string("error").filter(words -> !words.isBlank());
            if (error.isPresent()) {
                return new AzureDeveloperCliErrors(
                        plain(error.get()), object.string("suggestion").orElse(""));
            }
            object.object("data")
                    .flatMap(data -> data.string("message"))
                    .or(() -> object.string("message"))
                    .filter(words -> !words.isBlank())
                    .ifPresent(words -> messages.add(plain(words)));
        }
        return new AzureDeveloperCliErrors(messages.isEmpty() ? plain(text) : String.join("\n", messages), "");
    }

    private static String plain(String words) {
        String text = words.strip();
        return text.startsWith(ERROR) ? text.substring(ERROR.length()).strip() : text;
    }
}
