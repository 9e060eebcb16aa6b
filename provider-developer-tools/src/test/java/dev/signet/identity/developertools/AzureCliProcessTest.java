// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.testkit.ToolReply;
import dev.signet.identity.testkit.ToolRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tools that hang, flood and multiply, and callers that come together or leave. */
class AzureCliProcessTest extends AzureCliFixture {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String TIMED_OUT = "AzureCliCredential: az did not answer within 0.5 s (processTimeout), ended"
            + " after <n> s. Set a longer processTimeout if it is only slow; try it by hand to see what it waits for.";

    @Test
    @DisplayName("CLI-28")
    void getToken_outputInSingleBytes_isComplete() {
        tool.always(success().inSingleBytes(Duration.ofSeconds(2)));
        assertEquals(TOKEN, credential().getToken(REQUEST).token());
    }

    static Stream<Arguments> hanging() {
        ToolReply answer = ToolReply.output("{\"accessToken\":\"" + TOKEN + "\",\"expires_on\":1999999999}");
        return Stream.of(
                argumentSet("CLI-29", answer.lingers(LONG)),
                argumentSet("CLI-31", ToolReply.hang()),
                argumentSet("CLI-32", ToolReply.hang().ignoresTermination()),
                argumentSet("CLI-33", ToolReply.hang().withStubbornChild(LONG)),
                argumentSet(
                        "CLI-33 with everything",
                        answer.lingers(LONG).ignoresTermination().withStubbornChild(LONG)),
                argumentSet("CLI-35 for ever", ToolReply.output("").before("cat /dev/zero >&2")),
                argumentSet("asks", ToolReply.output("").before("read -r x </dev/zero")));
    }

    @ParameterizedTest
    @MethodSource("hanging")
    void getToken_toolThatHangs_isKilledWithAllItStarted(ToolReply reply) {
        tool.always(reply);
        TokenCredential credential = builder().processTimeout(SHORT).build();
        long start = System.nanoTime();

        ClientAuthenticationException failure = failure(credential, REQUEST);

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(SHORT.plusSeconds(1)) < 0, took::toString);
        assertEquals(TIMED_OUT, plain(failure));
        assertEquals(Outcome.UNAVAILABLE, failure.outcome());
        assertEquals(List.of(), tool.processes());
    }

    @Test
    @DisplayName("CLI-31 option of the context")
    void getToken_timeoutOfTheContext_isNamedInSeconds() {
        tool.always(ToolReply.hang());
        context.processTimeout(Duration.ofSeconds(1));
        isUnavailable(credential(), REQUEST, TIMED_OUT.replace("0.5 s", "1 s"));
    }

    @Test
    @DisplayName("CLI-30")
    void getToken_childKeepsTheOutputs_isNotWaitedFor() {
        tool.always(success().withStubbornChild(Duration.ofSeconds(30)));
        long start = System.nanoTime();
        assertEquals(TOKEN, credential().getToken(REQUEST).token());
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5));
        // what a tool leaves running when it ended in time is its own business
        tool.close();
    }

    @Test
    @DisplayName("CLI-34")
    void getToken_endlessOutput_isKilledSoon() {
        tool.always(ToolReply.output("").endlessOutput());
        isRefused(
                credential(),
                REQUEST,
                "AzureCliCredential: az wrote too much output for a token. Check which program <dir>/az is.");
    }

    @Test
    @DisplayName("CLI-35")
    void getToken_floodOfErrors_doesNotMatter() {
        tool.always(success().errorFlood(50_000_000));
        assertEquals(TOKEN, credential().getToken(REQUEST).token());
    }

    @Test
    @DisplayName("CLI-58")
    void getToken_manyCallers_startOneProcess() throws Exception {
        tool.always(success().delay(Duration.ofMillis(700)));
        AzureCliCredential credential = builder().build();
        List<AccessToken> tokens = new ArrayList<>();
        for (Future<AccessToken> caller : atOnce(20, () -> credential.getToken(REQUEST))) {
            tokens.add(caller.get(20, TimeUnit.SECONDS));
        }
        tokens.forEach(token -> assertSame(tokens.get(0), token));
        assertEquals(1, runs());
    }

    @Test
    @DisplayName("CLI-58 asynchronous")
    void getTokenAsync_manyCallers_startOneProcess() {
        tool.always(success().delay(Duration.ofMillis(300)));
        AzureCliCredential credential = builder().build();
        List<CompletableFuture<AccessToken>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(credential.getTokenAsync(REQUEST));
        }
        assertTrue(calls.get(0).cancel(true));
        calls.subList(1, 20).forEach(call -> assertEquals(TOKEN, call.join().token()));
        assertEquals(1, runs());
    }

    @Test
    @DisplayName("CLI-59")
    void getToken_differentResources_takeTurns() throws Exception {
        tool.always(success().delay(Duration.ofMillis(100)));
        AzureCliCredential credential = builder().build();
        List<Callable<AccessToken>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TokenRequestContext request = TokenRequestContext.of("https://resource" + i + "/.default");
            calls.add(() -> credential.getToken(request));
        }
        for (Future<AccessToken> caller : atOnce(calls)) {
            assertEquals(TOKEN, caller.get(20, TimeUnit.SECONDS).token());
        }
        assertEquals(4, runs());
        for (ToolRun run : tool.runs()) {
            assertEquals(0, run.others());
        }
    }

    @Test
    @DisplayName("CLI-59 chain")
    void getToken_aloneAndInAChain_takeTurns() throws Exception {
        tool.always(success().delay(Duration.ofMillis(100)));
        AzureCliCredential credential = builder().build();
        TokenCredential member = credential.asChainMember();
        List<Callable<AccessToken>> calls = List.of(() -> credential.getToken(REQUEST), () -> member.getToken(REQUEST));
        for (Future<AccessToken> caller : atOnce(calls)) {
            assertEquals(TOKEN, caller.get(20, TimeUnit.SECONDS).token());
        }
        assertEquals(List.of(0, 0), tool.runs().stream().map(ToolRun::others).toList());
    }

    @Test
    @DisplayName("CLI-60")
    void getToken_interrupted_endsTheTool() throws Exception {
        tool.always(ToolReply.hang().ignoresTermination());
        AzureCliCredential credential = builder().build();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<ClientAuthenticationException> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                failure.complete(failure(credential, REQUEST));
            } catch (Throwable other) {
                failure.completeExceptionally(other);
            }
            flag.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        awaitRun();
        caller.interrupt();

        ClientAuthenticationException thrown = failure.get(10, TimeUnit.SECONDS);
        assertEquals("AzureCliCredential: interrupted while az was asked.", thrown.getMessage());
        assertEquals(Outcome.CANCELLED, thrown.outcome());
        assertInstanceOf(InterruptedException.class, thrown.getCause());
        assertTrue(flag.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(), tool.processes());
    }

    @Test
    @DisplayName("CLI-60 others wait")
    void getToken_oneOfManyInterrupted_othersStillGetTheirToken() throws Exception {
        tool.enqueue(ToolReply.hang());
        tool.always(success());
        AzureCliCredential credential = builder().build();
        CompletableFuture<ClientAuthenticationException> failure = new CompletableFuture<>();
        Thread leader = new Thread(() -> {
            try {
                failure.complete(failure(credential, REQUEST));
            } catch (Throwable other) {
                failure.completeExceptionally(other);
            }
        });
        leader.start();
        awaitRun();
        List<Future<AccessToken>> others = atOnce(3, () -> credential.getToken(REQUEST));
        leader.interrupt();

        assertEquals(Outcome.CANCELLED, failure.get(10, TimeUnit.SECONDS).outcome());
        for (Future<AccessToken> other : others) {
            assertEquals(TOKEN, other.get(10, TimeUnit.SECONDS).token());
        }
    }

    /** Until the script waits for its child: what is born at the very moment of a kill may escape it. */
    private void awaitRun() {
        while (tool.processes().size() < 2) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static <T> List<Future<T>> atOnce(int count, Callable<T> call) throws InterruptedException {
        List<Callable<T>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(call);
        }
        return atOnce(calls);
    }

    private static <T> List<Future<T>> atOnce(List<Callable<T>> calls) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(calls.size());
        try {
            CountDownLatch ready = new CountDownLatch(calls.size());
            List<Future<T>> results = new ArrayList<>();
            for (Callable<T> call : calls) {
                results.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            ready.await();
            return results;
        } finally {
            executor.shutdown();
        }
    }
}
