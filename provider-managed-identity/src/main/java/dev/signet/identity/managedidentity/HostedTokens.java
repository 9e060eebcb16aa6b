// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.Scopes;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.core.TokenSource;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.Readiness;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of one host identity. Which source serves is found anew whenever the environment is another one and
 * before each network request; each configuration has a cache of its own. Thread-safe.
 */
final class HostedTokens {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedIdentityCredential.class.getPackageName());
    private static final int MAX_CONFIGURATIONS = 64;
    private static final int MAX_TOKENS = 1000;

    private final HostSettings settings;
    private final FileCheck files;
    private final @Nullable ImdsProbe probe;
    private final AtomicReference<@Nullable Detected> detected = new AtomicReference<>();
    private final ConcurrentHashMap<String, TokenCache> caches = new ConcurrentHashMap<>();

    HostedTokens(HostSettings settings, FileCheck files) {
        this.settings = settings;
        this.files = files;
        this.probe = settings.chained() ? new ImdsProbe(settings) : null;
    }

    HostedTokens inChain() {
        return new HostedTokens(settings.inChain(), files);
    }

    AccessToken get(TokenRequestContext request) {
        TokenRequestContext normalised = normalised(request);
        return cache().get(normalised);
    }

    CompletableFuture<AccessToken> getAsync(TokenRequestContext request) {
        try {
            return cache().getAsync(normalised(request));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    void clear() {
        for (TokenCache cache : caches.values()) {
            cache.clear();
        }
    }

    Readiness explain() {
        Detected now = detect();
        try {
            now.source.check();
        } catch (ClientAuthenticationException wrong) {
            return new Readiness(
                    Readiness.Status.MISCONFIGURED,
                    wrong.details().reason(),
                    wrong.details().remedy().orElse(""));
        }
        boolean guess =
                now.kind == SourceKind.IMDS && !now.environment.has(Variables.AZURE_POD_IDENTITY_AUTHORITY_HOST);
        String detail = now.kind.words + ", " + settings.identity(now.environment);
        return guess
                ? new Readiness(Readiness.Status.UNKNOWN, detail + "; only a try tells whether IMDS is there", "")
                : new Readiness(Readiness.Status.CONFIGURED, detail, "");
    }

    /** The source of tokens behind the cache of one configuration. */
    private AccessToken fetch(String key, TokenRequestContext request, @Nullable AccessToken rejected) {
        Detected now = detect();
        if (now.key.equals(key)) {
            return now.source.fetch(request, rejected);
        }
        caches.remove(key);
        return now.cache.get(request);
    }

    /** A host's identity lives in one tenant, so a request cannot choose another. */
    private static TokenRequestContext normalised(TokenRequestContext request) {
        String unused = Scopes.single(Failures.CREDENTIAL, request);
        return request.withoutTenantId();
    }

    private TokenCache cache() {
        Detected now = detected.get();
        if (now == null || now.environment != settings.context().environment()) {
            now = detect();
        }
        return now.cache;
    }

    private Detected detect() {
        Environment environment = settings.context().environment();
        SelectedIdentity identity = settings.identity(environment);
        SourceKind kind = SourceKind.detect(environment, identity, files);
        String key = kind.key(environment) + ' ' + identity.key();
        Detected before = detected.get();
        if (before != null && before.environment == environment && before.key.equals(key)) {
            return before;
        }
        Source source = source(new SourceSetup(kind, environment, identity, settings));
        Detected now = new Detected(environment, kind, key, source, cache(key));
        detected.set(now);
        if (before == null || !before.key.equals(key)) {
            tell(kind, identity);
        }
        return now;
    }

    private void tell(SourceKind kind, SelectedIdentity identity) {
        if (settings.chained()) {
            LOG.debug("{}: source {}, {}", Failures.CREDENTIAL, kind.words, identity);
        } else {
            LOG.info("{}: source {}, {}", Failures.CREDENTIAL, kind.words, identity);
        }
    }

    private TokenCache cache(String key) {
        TokenCache known = caches.get(key);
        if (known != null) {
            return known;
        }
        if (caches.size() >= MAX_CONFIGURATIONS) {
            caches.clear();
        }
        TokenCache made = TokenCache.of(Failures.CREDENTIAL, settings.context(), new Fetch(this, key), LOG)
                .withMaxEntries(MAX_TOKENS);
        if (settings.chained()) {
            made = made.inChain();
        }
        TokenCache raced = caches.putIfAbsent(key, made);
        return raced == null ? made : raced;
    }

    private Source source(SourceSetup setup) {
        SourceKind kind = setup.kind();
        if (kind == SourceKind.IMDS) {
            return new ImdsSource(setup, probe);
        }
        if (kind == SourceKind.APP_SERVICE) {
            return new AppServiceSource(setup);
        }
        if (kind == SourceKind.AZURE_ML) {
            return new AzureMlSource(setup);
        }
        if (kind == SourceKind.CLOUD_SHELL) {
            return new CloudShellSource(setup);
        }
        if (kind == SourceKind.ARC) {
            return new ArcSource(setup);
        }
        return kind == SourceKind.SERVICE_FABRIC ? new ServiceFabricSource(setup) : new TokenExchangeSource(setup);
    }

    /** What was found in one environment. */
    private static final class Detected {
        final Environment environment;
        final SourceKind kind;
        final String key;
        final Source source;
        final TokenCache cache;

        Detected(Environment environment, SourceKind kind, String key, Source source, TokenCache cache) {
            this.environment = environment;
            this.kind = kind;
            this.key = key;
            this.source = source;
            this.cache = cache;
        }
    }

    private static final class Fetch implements TokenSource {
        private final HostedTokens tokens;
        private final String key;

        Fetch(HostedTokens tokens, String key) {
            this.tokens = tokens;
            this.key = key;
        }

        @Override
        public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
            return tokens.fetch(key, request, rejected);
        }
    }
}
