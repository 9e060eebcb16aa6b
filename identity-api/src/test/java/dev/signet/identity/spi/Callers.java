// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Threads that call the same thing, and what became of their calls. */
final class Callers<T> {
    private static final long TIMEOUT_SECONDS = 60;

    private final List<Thread> threads = new ArrayList<>();
    private final List<CompletableFuture<T>> results = new ArrayList<>();

    private final AtomicInteger calling = new AtomicInteger();

    private Callers() {}

    /** Starts threads that all call at the same moment. */
    static <T> Callers<T> start(int count, Callable<T> call) {
        Callers<T> callers = new Callers<>();
        CountDownLatch ready = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            CompletableFuture<T> result = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                ready.countDown();
                try {
                    ready.await();
                    callers.calling.incrementAndGet();
                    result.complete(call.call());
                } catch (Throwable failure) {
                    result.completeExceptionally(failure);
                }
            });
            thread.setDaemon(true);
            callers.threads.add(thread);
            callers.results.add(result);
            thread.start();
        }
        return callers;
    }

    Thread thread(int index) {
        return threads.get(index);
    }

    T result(int index) {
        try {
            return results.get(index).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("caller " + index + " got no result", failure);
        }
    }

    /** The very exception of a call: a future's own accessors wrap it, and newer JDKs copy cancellations. */
    Throwable failure(int index) {
        CompletableFuture<Throwable> failure = results.get(index).handle((value, thrown) -> {
            return thrown == null ? new AssertionError("caller " + index + " got " + value) : thrown;
        });
        try {
            return failure.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException stuck) {
            throw new AssertionError("caller " + index + " is stuck", stuck);
        }
    }

    List<T> results() {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            all.add(result(i));
        }
        return all;
    }

    /** Waits until so many threads wait without a time limit, as those do who wait for another's fetch. */
    void awaitWaiting(int count) {
        until(() -> calling.get() == threads.size()
                && threads.stream()
                                .filter(thread -> thread.getState() == Thread.State.WAITING)
                                .count()
                        >= count);
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the condition did not come true");
            }
            Thread.yield();
        }
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the latch did not open");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
