// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.load;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Which threads are there after a token that were not there before. */
public final class Rest {
    private Rest() {}

    /**
     * Prints their number.
     *
     * @param args the library
     * @throws InterruptedException if it is told to stop
     */
    public static void main(String[] args) throws InterruptedException {
        Subject subject = Subjects.named(args[0]);
        Set<String> threads = newThreads(subject, 1_000);
        System.out.println("threads=" + threads.size());
        System.out.println("names=" + threads);
        System.exit(0);
    }

    /**
     * Gets a token and looks which threads stay.
     *
     * @param subject a cold credential
     * @param patienceMillis how long a thread may take to end
     * @return the names of those that stayed, with their ids
     * @throws InterruptedException if it is told to stop
     */
    public static Set<String> newThreads(Subject subject, long patienceMillis) throws InterruptedException {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        subject.token();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(0, end - System.nanoTime()));
                if (thread.isAlive()) {
                    names.add(thread.getName() + " " + thread.getId());
                }
            }
        }
        return names;
    }
}
