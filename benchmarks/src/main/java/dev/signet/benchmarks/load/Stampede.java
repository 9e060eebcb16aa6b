// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Many threads ask at once for a token that is not there yet. Who counts the requests is the server. */
public final class Stampede {
    private Stampede() {}

    /**
     * Prints how many threads got a token and how many different tokens they got.
     *
     * @param args the library and the number of threads
     * @throws InterruptedException if it is told to stop
     */
    public static void main(String[] args) throws InterruptedException {
        Result result = run(Subjects.named(args[0]), Integer.parseInt(args[1]));
        System.out.println("served=" + result.served());
        System.out.println("tokens=" + result.tokens());
        System.exit(0);
    }

    /**
     * Lets all threads go at once and waits for them.
     *
     * @param subject a cold credential
     * @param threads how many ask
     * @return what they got
     * @throws InterruptedException if it is told to stop
     */
    public static Result run(Subject subject, int threads) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger served = new AtomicInteger();
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread caller = new Thread(() -> {
                ready.countDown();
                try {
                    go.await();
                } catch (InterruptedException stopped) {
                    return;
                }
                tokens.add(subject.token());
                served.incrementAndGet();
            });
            caller.start();
            callers.add(caller);
        }
        ready.await();
        go.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        return new Result(served.get(), tokens.size());
    }

    /**
     * What a stampede got.
     *
     * @param served threads with a token
     * @param tokens different tokens
     */
    public record Result(int served, int tokens) {}
}
