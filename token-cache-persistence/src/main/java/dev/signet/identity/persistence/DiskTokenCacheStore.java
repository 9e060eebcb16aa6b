// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.core.Redaction;
import dev.signet.identity.msal.TokenCacheStore;
import dev.signet.identity.spi.Sleeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token cache that processes share. It is read again when its file has changed, and changed under a lock. Where the
 * encrypted store fails its self-test, which comes with the first use, plain text takes its place if that is allowed.
 */
final class DiskTokenCacheStore implements TokenCacheStore {
    private static final Logger LOG = LoggerFactory.getLogger(DiskTokenCacheStore.class.getPackageName());

    private final String credentialName;
    private final CachePlace place;
    private final Sleeper sleeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicReference<@Nullable CacheContent> chosen = new AtomicReference<>();
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    DiskTokenCacheStore(String credentialName, CachePlace place, Sleeper sleeper) {
        this.credentialName = credentialName;
        this.place = place;
        this.sleeper = sleeper;
    }

    /** What was read, and the stamp of before. */
    private record Known(CacheFile.Stamp stamp, String text) {
        @Override
        public String toString() {
            return "Known[***]";
        }
    }

    @Override
    public String read() {
        lock.lock();
        try {
            CacheContent content = content();
            CacheFile.Stamp stamp = place.file().stamp();
            Known last = known.get();
            if (last != null && last.stamp.equals(stamp)) {
                return last.text;
            }
            byte[] found = content.read();
            if (found == null || !isCache(found)) {
                return ""; // another library may be writing it; who has the lock knows
            }
            String text = new String(found, StandardCharsets.UTF_8);
            known.set(stamp == null ? null : new Known(stamp, text));
            return text;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void update(UnaryOperator<String> change) {
        lock.lock();
        try {
            CacheContent content = content();
            place.file().makeFolder();
            CacheLock held = CacheLock.acquire(place.file().path(), sleeper);
            try {
                String next = change.apply(present(content));
                known.set(null);
                content.write(next.getBytes(StandardCharsets.UTF_8));
                CacheFile.Stamp stamp = place.file().stamp();
                known.set(stamp == null ? null : new Known(stamp, next));
            } finally {
                held.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            lock.unlock();
        }
    }

    private String present(CacheContent content) throws IOException {
        byte[] found = content.read();
        if (found == null || found.length == 0) {
            return "";
        }
        if (isCache(found)) {
            return new String(found, StandardCharsets.UTF_8);
        }
        String place = content.discard();
        if (told.compareAndSet(false, true)) {
            LOG.warn("{}: the token cache {} cannot be read and starts empty; {}", credentialName, this.place, place);
        }
        return "";
    }

    private static boolean isCache(byte[] content) {
        return JsonObject.parse(content).isPresent();
    }

    private CacheContent content() {
        if (place.file().isLink()) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(credentialName, "the token cache " + place + " is a symbolic link")
                            .remedy("Remove it: a link could lead tokens to where others read them.")
                            .build());
        }
        CacheContent content = chosen.get();
        if (content == null) {
            content = tested();
            chosen.set(content);
        }
        return content;
    }

    private CacheContent tested() {
        try {
            place.encrypted().selfTest();
            return place.encrypted();
        } catch (IOException failure) {
            CacheContent plain = place.plain();
            if (plain == null) {
                throw new CredentialUnavailableException(
                        FailureDetails.unavailable(
                                        credentialName,
                                        UnavailableReason.NOT_REACHABLE,
                                        place.store() + " cannot keep the token cache: "
                                                + Redaction.quote(String.valueOf(failure.getMessage())))
                                .remedy(place.remedy())
                                .build(),
                        failure);
            }
            LOG.warn(
                    "{}: {} cannot keep the token cache, tokens are written without encryption to {}",
                    credentialName,
                    place.store(),
                    place);
            return plain;
        }
    }

    @Override
    public String toString() {
        return "DiskTokenCacheStore[" + place + "]";
    }
}
