// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import java.lang.reflect.Method;

/** Bytes that a thread allocates; by reflection, because this module does not read the one that knows. */
final class AllocationMeter {
    private AllocationMeter() {}

    /** Runs an action many times to warm up, and as often again to measure. */
    static long bytes(int times, Runnable action) throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method allocated =
                Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        Object[] self = {Thread.currentThread().getId()};
        for (int i = 0; i < times; i++) {
            action.run();
        }
        long unused = (long) allocated.invoke(threads, self);
        long before = (long) allocated.invoke(threads, self);
        for (int i = 0; i < times; i++) {
            action.run();
        }
        return (long) allocated.invoke(threads, self) - before;
    }
}
