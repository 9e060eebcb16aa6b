// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Assumptions;

/**
 * Bytes that the current thread has allocated. Reflection finds the platform's management bean, since the module under
 * test does not read that module; what the reflective call itself allocates is measured and taken off.
 */
final class AllocationMeter {
    private static final int ROUNDS = 20;

    private final Object bean;
    private final Method allocated;

    AllocationMeter() {
        try {
            bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            allocated =
                    Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        } catch (ReflectiveOperationException absent) {
            throw Assumptions.<RuntimeException>abort("this JVM does not measure allocation: " + absent);
        }
    }

    /** The least of several rounds, since the first ones warm up and a compilation may end in any. */
    long leastBytes(Runnable work) {
        return measure(work) - measure(() -> {});
    }

    private long measure(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = bytes();
            work.run();
            least = Math.min(least, bytes() - before);
        }
        return least;
    }

    private long bytes() {
        try {
            return (long) allocated.invoke(bean, Thread.currentThread().getId());
        } catch (ReflectiveOperationException broken) {
            throw new AssertionError(broken);
        }
    }
}
