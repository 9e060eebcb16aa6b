// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.HttpTransport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** Contexts of fakes: a clock that a sleeper moves, an executor that a test runs, an empty environment. */
final class TestContexts implements InstantSource, Executor {
    final List<Duration> slept = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    StandardContext.Builder builder() {
        return StandardContext.builder()
                .environment(Environment.empty())
                .clock(this)
                .executor(this)
                .jitter(() -> 0.5)
                .transport(request -> {
                    throw new AssertionError("no request expected");
                })
                .sleeper(duration -> {
                    slept.add(duration);
                    advance(duration);
                });
    }

    StandardContext with(HttpTransport transport) {
        return builder().transport(transport).build();
    }

    StandardContext with(Map<String, String> variables) {
        return builder().environment(Environment.of(variables)).build();
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    int queued() {
        return tasks.size();
    }

    void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
