// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.Readiness;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One credential of a chain, or the reason why it could not be made. */
final class Link {
    private final String name;
    private final FallThrough fallThrough;
    private final @Nullable TokenCredential credential;
    private final @Nullable RuntimeException failure;

    private Link(
            String name,
            FallThrough fallThrough,
            @Nullable TokenCredential credential,
            @Nullable RuntimeException failure) {
        this.name = name;
        this.fallThrough = fallThrough;
        this.credential = credential;
        this.failure = failure;
    }

    static Link of(String name, FallThrough fallThrough, TokenCredential credential) {
        return new Link(name, fallThrough, credential, null);
    }

    /** A link whose credential could not be made; it is reported and passed over. */
    static Link placeholder(String name, FallThrough fallThrough, RuntimeException failure) {
        return new Link(name, fallThrough, null, failure);
    }

    /** The form for a chain of several links. */
    Link asChainMember() {
        if (!(credential instanceof ChainMember member)) {
            return this;
        }
        try {
            return of(name, fallThrough, Objects.requireNonNull(member.asChainMember(), "asChainMember gave null"));
        } catch (RuntimeException | LinkageError broken) {
            return placeholder(name, fallThrough, LinkFailures.of(name, broken));
        }
    }

    String name() {
        return name;
    }

    boolean isPlaceholder() {
        return failure != null;
    }

    FallThrough fallThrough() {
        return fallThrough;
    }

    AccessToken getToken(TokenRequestContext request) {
        TokenCredential present = credential;
        if (present == null) {
            throw failure == null ? new IllegalStateException(name + " was not made") : failure;
        }
        AccessToken token = present.getToken(request);
        if (token == null) {
            throw ChainFailures.nothing(name);
        }
        return token;
    }

    /** As {@link #getToken}; what the credential throws at once completes the future too. */
    CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        try {
            return credential == null
                    ? CompletableFuture.failedFuture(new IllegalStateException(name + " was not made"))
                    : Objects.requireNonNull(credential.getTokenAsync(request), "getTokenAsync gave null");
        } catch (RuntimeException | LinkageError thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    Readiness explain() {
        if (failure != null) {
            return LinkFailures.readiness(name, failure);
        }
        if (credential instanceof Explainable explainable) {
            try {
                return Objects.requireNonNull(explainable.explain(), "explain gave null");
            } catch (RuntimeException | LinkageError broken) {
                return LinkFailures.readiness(name, broken);
            }
        }
        return new Readiness(Readiness.Status.UNKNOWN, "only a try will tell", "");
    }

    void close() {
        if (credential != null) {
            credential.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
