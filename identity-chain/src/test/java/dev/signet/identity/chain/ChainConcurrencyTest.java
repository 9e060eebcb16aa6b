// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.StandardContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many callers of one chain. */
@Timeout(60)
final class ChainConcurrencyTest {
    private static final int CALLERS = 100;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void coldChain_manyThreads_oneWalkAndOneWinner() throws Exception {
        FakeCredential unavailable = FakeCredential.failing(FakeCredential.unavailable("Link1"));
        FakeCredential winner = gated("Link2");
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, unavailable, winner);
        List<Caller> callers = start(chain, CALLERS, FakeCredential.VAULT);
        awaitWaiting(callers, CALLERS);
        gate.countDown();
        for (Caller caller : callers) {
            assertEquals("Link2", caller.task.get().credentialName());
        }
        assertEquals(1, unavailable.calls.get());
        assertEquals(1, winner.calls.get());
    }

    @Test
    void equalRequests_failure_isShared() throws Exception {
        FakeCredential failing = FakeCredential.doing(request -> {
            pass();
            throw FakeCredential.failure("Link1", Outcome.REJECTED);
        });
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, failing);
        List<Caller> callers = start(chain, CALLERS, FakeCredential.VAULT);
        awaitWaiting(callers, CALLERS);
        gate.countDown();
        Set<Throwable> failures = new HashSet<>();
        for (Caller caller : callers) {
            failures.add(failureOf(caller));
        }
        assertEquals(1, failures.size());
        assertEquals(1, failing.calls.get());
    }

    @Test
    void differentRequests_afterFailure_walkNext() throws Exception {
        FakeCredential failing = FakeCredential.doing(request -> {
            pass();
            throw FakeCredential.failure("Link1", Outcome.REJECTED);
        });
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, failing);
        List<Caller> callers = start(chain, 1, FakeCredential.VAULT);
        entered.await();
        callers.addAll(start(chain, 1, FakeCredential.GRAPH));
        awaitWaiting(callers, 2);
        gate.countDown();
        assertNotSame(failureOf(callers.get(0)), failureOf(callers.get(1)));
        assertEquals(2, failing.calls.get());
    }

    @Test
    void differentRequests_afterSuccess_useTheWinner() throws Exception {
        FakeCredential unavailable = FakeCredential.failing(FakeCredential.unavailable("Link1"));
        FakeCredential winner = gated("Link2");
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, unavailable, winner);
        List<Caller> callers = start(chain, 1, FakeCredential.VAULT);
        entered.await();
        callers.addAll(start(chain, 5, FakeCredential.GRAPH));
        awaitWaiting(callers, 6);
        gate.countDown();
        for (Caller caller : callers) {
            assertEquals("Link2", caller.task.get().credentialName());
        }
        assertEquals(1, unavailable.calls.get());
        assertEquals(6, winner.calls.get());
    }

    @Test
    void leader_interrupted_othersGoOn() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        FakeCredential link = FakeCredential.doing(request -> {
            if (attempts.incrementAndGet() == 1) {
                entered.countDown();
                try {
                    gate.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("interrupted");
                }
            }
            return FakeCredential.token("Link1");
        });
        FakeCredential unavailable = FakeCredential.failing(FakeCredential.unavailable("Link1"));
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, unavailable, link);
        List<Caller> callers = start(chain, 1, FakeCredential.VAULT);
        entered.await();
        callers.addAll(start(chain, 10, FakeCredential.VAULT));
        awaitWaiting(callers, 11);
        callers.get(0).thread.interrupt();
        assertEquals(Outcome.CANCELLED, failureOf(callers.get(0)).outcome());
        for (Caller caller : callers.subList(1, 11)) {
            assertEquals("Link1", caller.task.get().credentialName());
        }
        assertEquals(2, unavailable.calls.get());
    }

    @Test
    void waiter_interrupted_endsAloneWithFlagSet() throws Exception {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, gated("Link1"));
        List<Caller> callers = start(chain, 2, FakeCredential.VAULT);
        awaitWaiting(callers, 2);
        Caller leader = callers.get(0).isInCredential() ? callers.get(0) : callers.get(1);
        Caller waiter = leader == callers.get(0) ? callers.get(1) : callers.get(0);
        waiter.thread.interrupt();
        assertEquals(Outcome.CANCELLED, failureOf(waiter).outcome());
        assertTrue(waiter.interrupted);
        gate.countDown();
        assertEquals("Link1", leader.task.get().credentialName());
    }

    @Test
    void error_ofLeader_isNotShared() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        FakeCredential link = FakeCredential.doing(request -> {
            if (attempts.incrementAndGet() == 1) {
                pass();
                throw new StackOverflowError("simulated");
            }
            return FakeCredential.token("Link1");
        });
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, link);
        List<Caller> callers = start(chain, 1, FakeCredential.VAULT);
        entered.await();
        callers.addAll(start(chain, 1, FakeCredential.VAULT));
        awaitWaiting(callers, 2);
        gate.countDown();
        assertInstanceOf(
                StackOverflowError.class,
                assertThrows(ExecutionException.class, () -> callers.get(0).task.get())
                        .getCause());
        assertEquals("Link1", callers.get(1).task.get().credentialName());
    }

    @Test
    void rewalk_manyThreads_oneWalkWithoutDeadlock() throws Exception {
        FakeCredential first = FakeCredential.giving("Link1");
        FakeCredential second = gated("Link2");
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY_UNTIL_UNAVAILABLE, first, second);
        chain.getToken(FakeCredential.VAULT);
        first.fail(FakeCredential.unavailable("Link1"));
        List<Caller> callers = start(chain, CALLERS, FakeCredential.VAULT);
        awaitWaiting(callers, CALLERS);
        gate.countDown();
        for (Caller caller : callers) {
            assertEquals("Link2", caller.task.get().credentialName());
        }
        assertEquals(1 + CALLERS + 1, first.calls.get());
        assertEquals(1, second.calls.get());
    }

    @Test
    void async_coldChain_oneWalkOnOneThread() throws Exception {
        AtomicInteger tasks = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        FakeCredential winner = gated("Link1");
        ChainedTokenCredential chain = ChainedTokenCredential.builder()
                .add(winner)
                .stickiness(Stickiness.STICKY)
                .context(StandardContext.builder()
                        .executor(task -> {
                            tasks.incrementAndGet();
                            Thread thread = new Thread(task, "chain-test");
                            threads.add(thread);
                            thread.start();
                        })
                        .build())
                .build();
        List<CompletableFuture<AccessToken>> futures = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            futures.add(chain.getTokenAsync(FakeCredential.VAULT));
        }
        assertTrue(futures.get(7).cancel(true));
        gate.countDown();
        for (CompletableFuture<AccessToken> future : futures) {
            if (!future.isCancelled()) {
                assertEquals("Link1", future.get().credentialName());
            }
        }
        assertEquals(1, tasks.get());
        assertEquals(1, winner.calls.get());
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void async_differentRequests_eachGetTheirAnswer() throws Exception {
        ChainedTokenCredential chain = Chains.sticky(Stickiness.STICKY, gated("Link1"));
        CompletableFuture<AccessToken> vault = chain.getTokenAsync(FakeCredential.VAULT);
        entered.await();
        CompletableFuture<AccessToken> graph = chain.getTokenAsync(FakeCredential.GRAPH);
        gate.countDown();
        assertEquals("Link1", vault.get().credentialName());
        assertEquals("Link1", graph.get().credentialName());
    }

    @Test
    void async_executorRefuses_futureFails() {
        java.util.concurrent.RejectedExecutionException refused =
                new java.util.concurrent.RejectedExecutionException("full");
        ChainedTokenCredential chain = ChainedTokenCredential.builder()
                .add(FakeCredential.giving("Link1"))
                .context(StandardContext.builder()
                        .executor(task -> {
                            throw refused;
                        })
                        .build())
                .build();
        for (int i = 0; i < 2; i++) {
            CompletableFuture<AccessToken> future = chain.getTokenAsync(FakeCredential.VAULT);
            assertSame(
                    refused, assertThrows(ExecutionException.class, future::get).getCause());
        }
    }

    private FakeCredential gated(String name) {
        AccessToken token = FakeCredential.token(name);
        return FakeCredential.doing(request -> {
            pass();
            return token;
        });
    }

    private void pass() {
        entered.countDown();
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<Caller> start(ChainedTokenCredential chain, int count, TokenRequestContext request) {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Caller caller = new Caller(chain, request);
            callers.add(caller);
            caller.thread.start();
        }
        return callers;
    }

    /** All of them wait: for the gate or for the one that does. None spins and none holds a monitor. */
    private static void awaitWaiting(List<Caller> callers, int count) {
        long waiting = 0;
        while (waiting < count) {
            Thread.onSpinWait();
            waiting = callers.stream()
                    .filter(caller -> caller.thread.getState() == Thread.State.WAITING)
                    .count();
        }
    }

    private static ClientAuthenticationException failureOf(Caller caller) {
        return assertInstanceOf(
                ClientAuthenticationException.class,
                assertThrows(ExecutionException.class, () -> caller.task.get(30, TimeUnit.SECONDS))
                        .getCause());
    }

    private static final class Caller {
        final FutureTask<AccessToken> task;
        final Thread thread;
        volatile boolean interrupted;

        Caller(ChainedTokenCredential chain, TokenRequestContext request) {
            this.task = new FutureTask<>(() -> {
                try {
                    return chain.getToken(request);
                } finally {
                    interrupted = Thread.currentThread().isInterrupted();
                }
            });
            this.thread = new Thread(task);
            thread.setDaemon(true);
        }

        boolean isInCredential() {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().equals(FakeCredential.class.getName())) {
                    return true;
                }
            }
            return false;
        }
    }
}
