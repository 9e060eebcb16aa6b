// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import dev.signet.benchmarks.load.Renewal;
import dev.signet.benchmarks.load.Rest;
import dev.signet.benchmarks.load.Stampede;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.ExpiryFormat;
import dev.signet.identity.testkit.HostedEndpoint;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TokenBody;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Requests, waits and threads. */
final class LoadMeasurements {
    private static final List<String> LIBRARIES = List.of("signet", "azure-identity");
    private static final int THREADS = 1_000;
    private static final int CALLERS = 50;
    /** Both libraries renew at five minutes before the end, ours not within 30 s of the last request. */
    private static final int RENEWAL_SECONDS = 300;

    private static final int DUE_SECONDS = 36;

    private final Layout layout;
    private final Table table;

    LoadMeasurements(Layout layout, Table table) {
        this.layout = layout;
        this.table = table;
    }

    void run() throws IOException, InterruptedException {
        stampede();
        renewal();
        rest();
    }

    private void stampede() throws IOException, InterruptedException {
        List<Integer> requests = new ArrayList<>();
        for (String library : LIBRARIES) {
            try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
                HostedEndpoint host = cloud.appService();
                host.always(Reply.passThrough().delay(Duration.ofMillis(300)));
                ChildJvm.Result result = child(host, library, Stampede.class, Integer.toString(THREADS));
                require(result.number("served") == THREADS, library + ": all threads get a token");
                requests.add(host.requests().size());
            }
        }
        table.add(
                "1 000 threads, no token yet, server answers in 300 ms: requests",
                "1",
                Integer.toString(requests.get(0)),
                Integer.toString(requests.get(1)),
                (double) requests.get(1) / requests.get(0),
                requests.get(0) == 1);
    }

    private void renewal() throws IOException, InterruptedException {
        List<Integer> requests = new ArrayList<>();
        List<ChildJvm.Result> results = new ArrayList<>();
        for (String library : LIBRARIES) {
            try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
                HostedEndpoint host = cloud.appService();
                host.always(Reply.passThrough().delay(Duration.ofMillis(500)));
                host.enqueue(soonDue());
                ChildJvm.Result result = child(host, library, Renewal.class, Integer.toString(CALLERS), "5", "40");
                require(result.number("tokens") > 1, library + ": the token is renewed");
                results.add(result);
                requests.add(host.requests().size() - 1);
            }
        }
        table.add(
                "a token is renewed while 50 callers run, server answers in 500 ms: requests",
                "1",
                Integer.toString(requests.get(0)),
                Integer.toString(requests.get(1)),
                (double) requests.get(1) / requests.get(0),
                requests.get(0) == 1);
        double longest = millis(results.get(0), "longest");
        double theirs = millis(results.get(1), "longest");
        double noise = millis(results.get(0), "noise");
        table.add(
                "the same: longest wait of a caller (99.9 % of calls); threads beside that only read a field: "
                        + Table.number(noise) + " ms",
                "≤ 1 ms more than those",
                waits(results.get(0)),
                waits(results.get(1)),
                theirs / longest,
                longest <= 1 + noise);
    }

    private void rest() throws IOException, InterruptedException {
        List<Long> threads = new ArrayList<>();
        for (String library : LIBRARIES) {
            try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
                threads.add(child(cloud.appService(), library, Rest.class).number("threads"));
            }
        }
        table.add(
                "threads after a token, nothing in flight: more than before",
                "0",
                Long.toString(threads.get(0)),
                Long.toString(threads.get(1)),
                null,
                threads.get(0) == 0);
    }

    /** A token that comes into the renewal window in a moment; the server's normal ones last a day. */
    private static Reply soonDue() {
        Instant expiry = Instant.now().plusSeconds(RENEWAL_SECONDS + DUE_SECONDS);
        return Reply.token(TokenBody.of("soon-due").expiresOn(expiry, ExpiryFormat.EPOCH_STRING));
    }

    private ChildJvm.Result child(HostedEndpoint host, String library, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        boolean ours = library.equals("signet");
        String classPath = layout.classPath(ours ? layout.signet() : layout.azureIdentity());
        List<String> command = ChildJvm.java("-cp", classPath, program.getName(), library);
        command.addAll(List.of(arguments));
        return new ChildJvm(host.environment()).run(command);
    }

    private static String waits(ChildJvm.Result result) {
        return Table.number(millis(result, "longest")) + " ms (" + Table.number(millis(result, "p999")) + " ms)";
    }

    private static double millis(ChildJvm.Result result, String key) {
        return result.number(key) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static void require(boolean condition, String expectation) {
        if (!condition) {
            throw new IllegalStateException("not so: " + expectation);
        }
    }
}
