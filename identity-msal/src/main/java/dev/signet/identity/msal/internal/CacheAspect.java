// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import com.microsoft.aad.msal4j.ITokenCacheAccessContext;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gives MSAL the cache once per call and takes what it changed. MSAL itself would never forget an account that another
 * process has removed, and writes it back; here its memory ends with the call.
 */
final class CacheAspect implements ITokenCacheAccessAspect {
    private final CacheAccess cache;
    private final AtomicReference<@Nullable String> before = new AtomicReference<>();

    CacheAspect(CacheAccess cache) {
        this.cache = cache;
    }

    @Override
    public void beforeCacheAccess(ITokenCacheAccessContext access) {
        if (before.get() == null) {
            String text = cache.read();
            before.set(text);
            access.tokenCache().deserialize(text);
        }
    }

    @Override
    public void afterCacheAccess(ITokenCacheAccessContext access) {
        String text = before.get();
        if (text != null && access.hasCacheChanged()) {
            cache.write(text, access.tokenCache().serialize());
        }
    }
}
