// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import dev.signet.identity.testkit.internal.ClassReferences;
import java.util.Set;
import java.util.TreeSet;

/** The calls by which a class gets round its context. */
final class AmbientCalls {
    private static final Set<String> FORBIDDEN = Set.of(
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Boolean.getBoolean",
            "java.lang.Integer.getInteger",
            "java.lang.Long.getLong",
            "java.lang.Runtime.exec",
            "java.lang.ProcessBuilder.<init>",
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.InstantSource.system");

    private AmbientCalls() {}

    static Set<String> of(Class<?> type) {
        Set<String> calls = new TreeSet<>(ClassReferences.methodsCalledBy(type));
        calls.retainAll(FORBIDDEN);
        return calls;
    }
}
