// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.core.Redaction;
import dev.signet.identity.msal.internal.CacheAccess;
import dev.signet.identity.msal.internal.CacheDocument;
import dev.signet.identity.msal.internal.CacheMerge;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts and tokens of one application, in memory and, where there is one, in a store. A store that fails is
 * said once and never fatal: what it did not take is kept in memory and offered again. Thread-safe.
 */
final class AccountCache implements CacheAccess {
    private static final Logger LOG = LoggerFactory.getLogger(AccountCache.class.getPackageName());

    private final String credentialName;
    private final String clientId;
    private final InstantSource clock;
    private final @Nullable TokenCacheStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean told = new AtomicBoolean();

    private final AtomicReference<State> state = new AtomicReference<>(new State("", ""));

    AccountCache(String credentialName, String clientId, InstantSource clock, @Nullable TokenCacheStore store) {
        this.credentialName = credentialName;
        this.clientId = clientId;
        this.clock = clock;
        this.store = store;
    }

    /** What the store had when it last answered, and the same with what it did not take. */
    private record State(String stored, String all) {
        @Override
        public String toString() {
            return "State[***]";
        }
    }

    @Override
    public String read() {
        if (store != null) {
            lock.lock();
            try {
                String stored = store.read();
                state.set(new State(stored, withUnsaved(stored)));
            } catch (UncheckedIOException unreachable) {
                tell(unreachable);
            } finally {
                lock.unlock();
            }
        }
        return state().all;
    }

    @Override
    public void write(String before, String after) {
        lock.lock();
        try {
            State known = state();
            state.set(new State(known.stored, merged(before, after, known.all)));
            if (store != null) {
                String[] taken = new String[1];
                store.update(stored -> taken[0] = withUnsaved(stored));
                state.set(new State(taken[0], taken[0]));
            }
        } catch (UncheckedIOException unreachable) {
            tell(unreachable);
        } finally {
            lock.unlock();
        }
    }

    private State state() {
        return Objects.requireNonNull(state.get());
    }

    /** What the store has now, with what it has not taken yet. */
    private String withUnsaved(String stored) {
        State known = state();
        String valid = CacheDocument.isCache(stored) ? stored : "";
        return known.stored.equals(known.all) ? valid : merged(known.stored, known.all, valid);
    }

    private String merged(String before, String after, String now) {
        CacheDocument document = CacheMerge.merge(before, after, now);
        document.removeExpired(clientId, clock.instant());
        return document.json();
    }

    private void tell(UncheckedIOException failure) {
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    "{}: the token cache cannot be kept on disk, sign-ins last as long as this process: {}",
                    credentialName,
                    Redaction.quote(String.valueOf(failure.getMessage())));
        }
    }

    @Override
    public String toString() {
        return "AccountCache[" + credentialName + "]";
    }
}
