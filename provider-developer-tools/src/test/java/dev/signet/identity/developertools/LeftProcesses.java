// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Counts the processes that tests leave behind. All processes of a test inherit a variable with a name of its own, by
 * which they are found also when their parents have gone; the count for all tests is made when the last has ended.
 */
public final class LeftProcesses implements BeforeAllCallback {
    static final String VARIABLE = "SIGNET_TEST_RUN";

    private static final String SUITE = UUID.randomUUID().toString();
    private static final AtomicInteger TESTS = new AtomicInteger();

    /** A name for the processes of one test. */
    static String nextTest() {
        return SUITE + "-" + TESTS.incrementAndGet() + ".";
    }

    /** The processes of a test that have not ended, after a little patience. */
    static List<ProcessHandle> of(String test, long patienceMillis) {
        long end = System.nanoTime() + patienceMillis * 1_000_000;
        List<ProcessHandle> left = named(test);
        while (!left.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
            left = named(test);
        }
        return left;
    }

    private static List<ProcessHandle> named(String name) {
        return Files.isDirectory(Path.of("/proc/self"))
                ? ProcessHandle.allProcesses()
                        .filter(process -> environment(process).contains(name))
                        .toList()
                : ProcessHandle.current().descendants().toList();
    }

    /** Empty for processes that have ended, and for those of others. */
    private static String environment(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(LeftProcesses.class))
                .computeIfAbsent(AtTheEnd.class);
    }

    /** Made before the first test, closed behind the last. */
    static final class AtTheEnd implements AutoCloseable {
        AtTheEnd() {
            check();
        }

        @Override
        public void close() {
            check();
        }

        private static void check() {
            List<ProcessHandle> left = of(SUITE, 2000);
            if (!left.isEmpty()) {
                throw new AssertionError("processes are left: " + left);
            }
        }
    }
}
