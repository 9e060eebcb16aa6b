// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decoded parameters of a query or a form. A parameter that cannot be decoded is kept raw and remembered. */
final class Parameters {
    static final String FORM_TYPE = "application/x-www-form-urlencoded";

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final List<String> undecodable = new ArrayList<>();

    private Parameters() {}

    static Parameters parse(String text) {
        Parameters parameters = new Parameters();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = parameters.decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : parameters.decode(pair.substring(equals + 1));
                parameters
                        .values
                        .computeIfAbsent(name, unknown -> new ArrayList<>())
                        .add(value);
            }
        }
        return parameters;
    }

    private String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            undecodable.add(text);
            return text;
        }
    }

    Map<String, List<String>> values() {
        return Collections.unmodifiableMap(values);
    }

    Optional<String> first(String name) {
        List<String> all = values.get(name);
        return all == null ? Optional.empty() : Optional.of(all.get(0));
    }

    boolean decodable() {
        return undecodable.isEmpty();
    }
}
