// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs each task on a thread of its own: a virtual one where the JVM has them (JDK 21), else a daemon thread. No
 * thread exists between tasks, so there is nothing to shut down.
 *
 * @since 0.1.0
 */
public final class TaskExecutor implements Executor {
    private static final TaskExecutor SHARED = new TaskExecutor();

    private TaskExecutor() {}

    /**
     * The executor that credentials use unless given another.
     *
     * @return the one instance
     */
    public static Executor shared() {
        return SHARED;
    }

    /**
     * Runs a task and hands its result, or what it throws, to a future.
     *
     * @param <T> the type of the result
     * @param executor where to run
     * @param task what to run
     * @return completes when the task does, exceptionally if the executor refuses
     */
    public static <T> CompletableFuture<T> supplyOn(Executor executor, Supplier<T> task) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Runnable run = () -> {
            try {
                future.complete(task.get());
            } catch (Throwable failure) {
                future.completeExceptionally(failure);
                if (failure instanceof VirtualMachineError error) {
                    throw error;
                }
            }
        };
        try {
            executor.execute(run);
        } catch (RejectedExecutionException refused) {
            future.completeExceptionally(refused);
        }
        return future;
    }

    @Override
    public void execute(Runnable task) {
        MethodHandle startVirtual = VirtualThreads.START;
        if (startVirtual != null) {
            try {
                Object unused = startVirtual.invoke(task);
                return;
            } catch (RuntimeException | Error failure) {
                throw failure;
            } catch (Throwable failure) {
                throw new IllegalStateException("a virtual thread could not be started", failure);
            }
        }
        Thread thread = new Thread(task, "signet-task");
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks for {@code Thread.startVirtualThread} when the first task comes, not before. */
    private static final class VirtualThreads {
        static final @Nullable MethodHandle START = find();

        private VirtualThreads() {}

        private static @Nullable MethodHandle find() {
            if (Runtime.version().feature() < 21) {
                return null;
            }
            try {
                return MethodHandles.publicLookup()
                        .findStatic(
                                Thread.class,
                                "startVirtualThread",
                                MethodType.methodType(Thread.class, Runnable.class));
            } catch (ReflectiveOperationException absent) {
                return null;
            }
        }
    }
}
