// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.spi.Readiness;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the credentials of all tools do: check the request, decide the tenant, share a question that is under way. The
 * tool is asked each time, since somebody else may have signed in to it, unless its tokens are to be kept.
 */
final class ToolTokens {
    static final Logger LOG = LoggerFactory.getLogger(ToolTokens.class.getPackageName());

    /** The tenant of a tool that was not given one: its own, or whichever is asked for. */
    private static final String ANY_TENANT = "organizations";

    private final Tool tool;
    private final TenantPolicy tenants;
    private final TokenCache cache;
    private final @Nullable SignInWatch watch;
    private final boolean chained;
    private final AtomicBoolean warned = new AtomicBoolean();

    private ToolTokens(
            Tool tool, TenantPolicy tenants, TokenCache cache, @Nullable SignInWatch watch, boolean chained) {
        this.tool = tool;
        this.tenants = tenants;
        this.cache = cache;
        this.watch = watch;
        this.chained = chained;
    }

    static ToolTokens of(Tool tool, ToolSettings settings) {
        String name = tool.credentialName();
        TenantPolicy tenants = settings.tenants(name, ANY_TENANT, LOG);
        TokenCache cache = TokenCache.of(
                name,
                settings.context(),
                (request, rejected) -> {
                    String tenant = tenants.tenantOf(request);
                    return tool.fetch(request, tenant.equalsIgnoreCase(ANY_TENANT) ? null : tenant);
                },
                LOG);
        if (settings.cacheFor() == null) {
            return new ToolTokens(tool, tenants, cache.withMaxEntries(0), null, false);
        }
        SignInWatch watch = new SignInWatch(
                tool.signInFiles(), settings.cacheFor(), settings.context().clock());
        return new ToolTokens(tool, tenants, cache, watch, false);
    }

    /** The same for a chain, which reports: less is logged. */
    ToolTokens inChain() {
        return new ToolTokens(tool, tenants, cache.inChain(), watch == null ? null : watch.another(), true);
    }

    AccessToken get(TokenRequestContext request) {
        return cache.get(checked(request));
    }

    CompletableFuture<AccessToken> getAsync(TokenRequestContext request) {
        try {
            return cache.getAsync(checked(request));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    Readiness explain() {
        return tool.explain();
    }

    private TokenRequestContext checked(TokenRequestContext request) {
        try {
            tool.check(request);
        } catch (IllegalArgumentException unfit) {
            if (chained && warned.compareAndSet(false, true)) {
                LOG.warn("passed over in a chain: {}", unfit.getMessage());
            }
            throw unfit;
        }
        TokenRequestContext resolved = tenants.resolve(request);
        if (watch != null && watch.hasChanged()) {
            cache.clear();
        }
        return resolved;
    }
}
