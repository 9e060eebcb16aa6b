// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code META-INF/services} as the service loader does. */
final class ServicesFiles {
    private ServicesFiles() {}

    /** The providers named beside a class: in its module, or anywhere on the class path. */
    static Set<String> entries(Class<?> beside, Class<?> service) {
        String file = "META-INF/services/" + service.getName();
        Set<String> entries = new TreeSet<>();
        try {
            Module module = beside.getModule();
            if (module.isNamed()) {
                try (InputStream in = module.getResourceAsStream(file)) {
                    read(in, entries);
                }
            } else {
                for (URL url : Collections.list(beside.getClassLoader().getResources(file))) {
                    try (InputStream in = url.openStream()) {
                        read(in, entries);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
        return entries;
    }

    private static void read(@Nullable InputStream in, Set<String> entries) throws IOException {
        if (in == null) {
            return;
        }
        for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
            int comment = line.indexOf('#');
            String entry = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!entry.isEmpty()) {
                entries.add(entry);
            }
        }
    }
}
