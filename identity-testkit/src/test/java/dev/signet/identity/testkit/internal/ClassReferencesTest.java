// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassReferencesTest {
    @Test
    void calls_ofClassAndNested_areFound() {
        Set<String> calls = ClassReferences.methodsCalledBy(Caller.class);

        assertTrue(calls.contains("java.lang.Long.parseLong"), calls.toString());
        assertTrue(calls.contains("java.util.List.of"), calls.toString());
        assertFalse(calls.contains("java.lang.System.getenv"));
    }

    private static final class Caller {
        static final double NUMBER = 2.5;
        static final long OTHER = 1L << 40;
        static final float SMALL = 1.5f;

        static double call(String text) {
            return Long.parseLong(text) + Inner.call() + NUMBER * text.length() + OTHER + SMALL;
        }

        private static final class Inner {
            static int call() {
                Runnable lambda = () -> java.util.List.of("x");
                lambda.run();
                return 1;
            }
        }
    }
}
