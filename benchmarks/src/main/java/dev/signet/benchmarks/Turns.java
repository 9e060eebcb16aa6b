// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that took turns, each in a JVM of its own, and how long each run lasted. */
final class Turns {
    private final Results<long[]> times;

    private Turns(Results<long[]> times) {
        this.times = times;
    }

    /**
     * Runs all programs, once without counting and then as often as told. Each prints the length of its token.
     *
     * @throws IOException if one cannot be started or fails
     */
    static Turns take(Results<List<String>> programs, ChildJvm child, int rounds, int tokenLength)
            throws IOException, InterruptedException {
        Results<long[]> times = new Results<>();
        for (String program : programs.names()) {
            times.put(program, new long[rounds]);
        }
        for (int round = -1; round < rounds; round++) {
            for (String program : programs.names()) {
                ChildJvm.Result result = child.run(programs.get(program));
                if (Integer.parseInt(result.output().strip()) != tokenLength) {
                    throw new IllegalStateException(program + " printed " + result.output());
                }
                if (round >= 0) {
                    times.get(program)[round] = result.wallNanos();
                }
            }
        }
        return new Turns(times);
    }

    Iterable<String> programs() {
        return times.names();
    }

    double median(String program) {
        long[] sorted = times.get(program).clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    /** A time, alone and as a multiple of the bare program's. */
    static String time(double nanos, double bare) {
        return Table.number(Math.rint(nanos / TimeUnit.MILLISECONDS.toNanos(1))) + " ms = " + Table.number(nanos / bare)
                + " ×";
    }
}
