// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.spi.Sleeper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other threads and processes from changing a cache. A lock on a file ends with its process. Two files are
 * locked: {@code .lock}, which stays and is what our processes rely on, then {@code .lockfile}, which Microsoft's
 * libraries create and remove. To rely on a file that is removed would let two in: one has the old file, one the new.
 */
final class CacheLock implements Closeable {
    static final Duration PAUSE = Duration.ofMillis(100);
    static final int ATTEMPTS = 600;

    /** The JDK refuses a second lock of one process instead of waiting for the first. */
    private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel ours;
    private final FileChannel shared;
    private final Path sharedFile;

    private CacheLock(ReentrantLock threads, FileChannel ours, FileChannel shared, Path sharedFile) {
        this.threads = threads;
        this.ours = ours;
        this.shared = shared;
        this.sharedFile = sharedFile;
    }

    /**
     * Waits for the lock of a cache.
     *
     * @throws IOException if somebody else has had it all the time
     */
    static CacheLock acquire(Path cache, Sleeper sleeper) throws IOException {
        ReentrantLock threads =
                IN_PROCESS.computeIfAbsent(cache.toAbsolutePath().normalize(), path -> new ReentrantLock());
        threads.lock();
        FileChannel ours = null;
        FileChannel shared = null;
        try {
            Patience patience = new Patience(cache, sleeper);
            Path sharedFile = cache.resolveSibling(cache.getFileName() + ".lockfile");
            ours = patience.lock(cache.resolveSibling(cache.getFileName() + ".lock"));
            shared = patience.lock(sharedFile);
            String owner = ProcessHandle.current().pid() + " java";
            shared.truncate(0);
            shared.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
            return new CacheLock(threads, ours, shared, sharedFile);
        } catch (IOException | RuntimeException | Error failure) {
            try {
                release(ours);
                release(shared);
            } finally {
                threads.unlock();
            }
            throw failure;
        }
    }

    private static void release(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        try (ours;
                shared) {
            deleteShared();
        } finally {
            threads.unlock();
        }
    }

    private void deleteShared() {
        try {
            Files.deleteIfExists(sharedFile);
        } catch (IOException inUse) {
            // On Windows somebody who waits for it may have it open; a file that stays is taken over.
        }
    }

    /** The attempts that are left for both files. */
    private static final class Patience {
        private final Path cache;
        private final Sleeper sleeper;
        private final int[] attempts = {ATTEMPTS};

        Patience(Path cache, Sleeper sleeper) {
            this.cache = cache;
            this.sleeper = sleeper;
        }

        FileChannel lock(Path file) throws IOException {
            while (true) {
                FileChannel channel = attempt(file);
                if (channel != null) {
                    return channel;
                }
                if (attempts[0]-- == 0) {
                    throw new IOException("another process has had the lock of " + cache + " for a minute");
                }
                sleeper.sleep(PAUSE);
            }
        }

        private static @Nullable FileChannel attempt(Path file) throws IOException {
            FileChannel channel;
            try {
                channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                        CacheFile.ownerOnly(file));
            } catch (FileSystemException busyOrForbidden) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    return null; // Windows, where who has the file open may have it alone
                }
                throw busyOrForbidden;
            }
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException otherClassLoader) {
                lock = null;
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
            if (lock == null) {
                channel.close();
                return null;
            }
            return channel;
        }
    }
}
