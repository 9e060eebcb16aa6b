// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs each task on a thread of its own: a virtual one where the JVM has them (JDK 21), else, and for the first task, a
 * daemon thread. No thread exists between tasks, so there is nothing to shut down.
 *
 * @since 0.1.0
 */
public final class TaskExecutor implements Executor {
    private static final TaskExecutor SHARED = new TaskExecutor();

    /** Made here and not when the first task comes, so that its class is loaded before somebody waits for it. */
    private final @Nullable FirstTask first = Runtime.version().feature() < 21 ? null : new FirstTask(this);

    private final AtomicReference<@Nullable MethodHandle> startVirtual = new AtomicReference<>();

    TaskExecutor() {}

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
        MethodHandle virtual = startVirtual.get();
        if (virtual != null) {
            startVirtual(virtual, task);
        } else {
            startDaemon(first != null && first.isNow(task) ? first : task);
        }
    }

    private static void startDaemon(Runnable task) {
        Thread thread = new Thread(task, "signet-task");
        thread.setDaemon(true);
        thread.start();
    }

    private static void startVirtual(MethodHandle start, Runnable task) {
        try {
            Thread unused = (Thread) start.invokeExact(task);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException("a virtual thread could not be started", failure);
        }
    }

    /**
     * Runs the first task on a daemon thread and then starts the JVM's first virtual thread there: that takes ten
     * milliseconds, too long for a caller who only wants a renewal started.
     */
    private static final class FirstTask implements Runnable {
        private final TaskExecutor executor;
        private final AtomicReference<@Nullable Runnable> task = new AtomicReference<>();

        FirstTask(TaskExecutor executor) {
            this.executor = executor;
        }

        /** Whether this is the first of all tasks. */
        boolean isNow(Runnable task) {
            return this.task.compareAndSet(null, task);
        }

        @Override
        public void run() {
            try {
                // not kept alive once it is done
                Objects.requireNonNull(task.getAndSet(this)).run();
            } finally {
                MethodHandle start = find();
                if (start != null) {
                    startVirtual(start, new Nothing());
                    executor.startVirtual.set(start);
                }
            }
        }

        private static @Nullable MethodHandle find() {
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

    private static final class Nothing implements Runnable {
        @Override
        public void run() {}
    }
}
