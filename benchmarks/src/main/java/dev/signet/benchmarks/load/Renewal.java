// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers go on asking, about a thousand times a second each, while the token comes into the time in which it is to
 * be renewed. What counts is how long the slowest of them waited. As many threads beside them do the same with a mere
 * field: how long the slowest of those took is what the machine's scheduler and collector cost, and nobody's wait.
 */
public final class Renewal {
    private static final long PAUSE_NANOS = 1_000_000;

    private static volatile String field = "";

    private Renewal() {}

    /**
     * Prints the waits in nanoseconds.
     *
     * @param args the library, the number of callers, the seconds before and after which the waits count
     * @throws InterruptedException if it is told to stop
     */
    public static void main(String[] args) throws InterruptedException {
        long start = System.nanoTime();
        long from = start + Long.parseLong(args[2]) * 1_000_000_000;
        long until = start + Long.parseLong(args[3]) * 1_000_000_000;
        int callers = Integer.parseInt(args[1]);
        List<Caller> control = callers(() -> field, callers, from, until);
        Result result = run(Subjects.named(args[0]), callers, from, until);
        Result noise = result(control);
        System.out.println("tokens=" + result.tokens());
        System.out.println("calls=" + result.waits().length);
        System.out.println("longest=" + result.percentile(1));
        System.out.println("p999=" + result.percentile(0.999));
        System.out.println("noise=" + noise.percentile(1));
        System.exit(0);
    }

    /**
     * Runs callers.
     *
     * @param subject the credential; it is asked once before the callers start
     * @param callers how many
     * @param from waits count from this value of {@link System#nanoTime()}
     * @param until the callers stop at this value
     * @return the waits
     * @throws InterruptedException if it is told to stop
     */
    public static Result run(Subject subject, int callers, long from, long until) throws InterruptedException {
        String unused = subject.token();
        return result(callers(subject, callers, from, until));
    }

    private static List<Caller> callers(Subject subject, int number, long from, long until) {
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        List<Caller> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Caller caller = new Caller(subject, tokens, from, until);
            caller.start();
            all.add(caller);
        }
        return all;
    }

    private static Result result(List<Caller> callers) throws InterruptedException {
        long[] waits = new long[0];
        for (Caller caller : callers) {
            caller.join();
            int length = waits.length;
            waits = Arrays.copyOf(waits, length + caller.count);
            System.arraycopy(caller.waits, 0, waits, length, caller.count);
        }
        Arrays.sort(waits);
        return new Result(callers.get(0).tokens.size(), waits);
    }

    /**
     * What the callers saw.
     *
     * @param tokens different tokens
     * @param waits nanoseconds, sorted
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Result(int tokens, long[] waits) {
        /**
         * The wait that a share of the calls did not exceed.
         *
         * @param share 0 to 1
         * @return nanoseconds
         */
        public long percentile(double share) {
            int index = (int) Math.ceil(share * waits.length) - 1;
            return waits[Math.max(0, index)];
        }
    }

    private static final class Caller extends Thread {
        private final Subject subject;
        private final Set<String> tokens;
        private final long from;
        private final long until;
        private final long[] waits = new long[100_000];
        private int count;

        Caller(Subject subject, Set<String> tokens, long from, long until) {
            this.subject = subject;
            this.tokens = tokens;
            this.from = from;
            this.until = until;
        }

        @Override
        public void run() {
            String last = "";
            long begun = System.nanoTime();
            do {
                String token = subject.token();
                long wait = System.nanoTime() - begun;
                if (begun >= from && count < waits.length) {
                    waits[count++] = wait;
                }
                if (!token.equals(last)) {
                    tokens.add(token);
                    last = token;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                begun = System.nanoTime();
            } while (begun < until);
        }
    }
}
