// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A class that is loaded from a jar takes a caller a millisecond; the one who starts a renewal must load none. */
class RenewalClassesTest {
    @Test
    void usable_tokenIsDueForTheFirstTime_loadsNoClassOnTheCallersThread() throws ReflectiveOperationException {
        RecordingLoader loader = new RecordingLoader();
        @SuppressWarnings("unchecked")
        Consumer<Runnable> renewal = (Consumer<Runnable>) loader.loadClass(Renewal.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        List<String> before = List.copyOf(loader.loaded);
        assertTrue(before.contains(TokenCell.class.getName()), "the recording works");

        renewal.accept(() -> assertEquals(before, loader.loaded));
    }

    /** Lives in the recording loader; gets a token when it is made, and finds it due when it is called. */
    public static final class Renewal implements Consumer<Runnable> {
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        private final Executor executor = new TaskExecutor();
        private final TokenCell cell = new TokenCell(this::token, now::get, executor, () -> 0);

        /** With a token. */
        public Renewal() {
            assertNotNull(cell.get());
        }

        private AccessToken token() {
            return AccessToken.of("secret", now.get().plusSeconds(3_600), "Test");
        }

        @Override
        public void accept(Runnable check) {
            AccessToken old = cell.last();
            now.set(now.get().plusSeconds(3_500));
            assertNotNull(cell.usable());
            check.run();
            Callers.until(() -> cell.usable() != old);
        }
    }

    /** Defines this project's classes anew and remembers those that the thread which made it waited for. */
    private static final class RecordingLoader extends ClassLoader {
        final List<String> loaded = new ArrayList<>();
        private final Thread owner = Thread.currentThread();

        RecordingLoader() {
            super(RenewalClassesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.signet.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            if (Thread.currentThread() == owner) {
                loaded.add(name);
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
