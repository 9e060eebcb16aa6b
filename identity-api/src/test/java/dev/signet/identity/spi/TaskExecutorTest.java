// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TaskExecutorTest {
    @Test
    void supplyOn_sharedExecutor_runsOnADaemonThreadThatEnds() {
        Thread thread = TaskExecutor.supplyOn(TaskExecutor.shared(), Thread::currentThread)
                .join();
        assertNotSame(Thread.currentThread(), thread);
        assertTrue(thread.isDaemon());
        assertFalse(thread.getName().startsWith("ForkJoinPool"));
        Callers.until(() -> !thread.isAlive());
    }

    @Test
    void execute_firstTask_runsOnADaemonThreadAndLaterOnesOnVirtualThreadsWhereThereAreAny() {
        TaskExecutor executor = new TaskExecutor();
        Thread first = TaskExecutor.supplyOn(executor, Thread::currentThread).join();
        assertEquals("signet-task", first.getName());
        String later = Runtime.version().feature() < 21 ? "signet-task" : "";
        Callers.until(() -> TaskExecutor.supplyOn(executor, Thread::currentThread)
                .join()
                .getName()
                .equals(later));
    }

    @Test
    void shared_manyTasks_runAtTheSameTime() {
        CountDownLatch all = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            TaskExecutor.shared().execute(() -> {
                all.countDown();
                Callers.await(all);
            });
        }
        Callers.await(all);
    }

    @Test
    void supplyOn_taskThrows_futureFailsWithTheSame() {
        IllegalArgumentException failure = new IllegalArgumentException("broken");
        CompletableFuture<String> future = TaskExecutor.supplyOn(Runnable::run, () -> {
            throw failure;
        });
        assertSame(
                failure, assertThrows(CompletionException.class, future::join).getCause());
    }

    @Test
    void supplyOn_virtualMachineError_failsTheFutureAndIsRethrown() {
        OutOfMemoryError error = new OutOfMemoryError("test");
        CompletableFuture<Runnable> submitted = new CompletableFuture<>();
        CompletableFuture<String> future = TaskExecutor.supplyOn(submitted::complete, () -> {
            throw error;
        });
        assertSame(error, assertThrows(OutOfMemoryError.class, submitted.join()::run));
        assertTrue(future.isCompletedExceptionally());
    }

    @Test
    void supplyOn_executorRefuses_futureFails() {
        CompletableFuture<String> future = TaskExecutor.supplyOn(new RefusingExecutor(), () -> "never");
        assertEquals(
                RejectedExecutionException.class,
                assertThrows(CompletionException.class, future::join).getCause().getClass());
    }
}
