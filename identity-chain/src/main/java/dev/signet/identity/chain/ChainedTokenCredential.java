// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.spi.ProviderContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tries the credentials that an application gives it, in order. Thread-safe. By default every call starts with the
 * first one, and only absence of a prerequisite leads on to the next.
 *
 * @since 0.1.0
 */
public final class ChainedTokenCredential implements TokenCredential {
    private static final String NAME = "ChainedTokenCredential";

    private final Chain chain;

    private ChainedTokenCredential(Builder builder) {
        ProviderContext context = builder.context == null ? StandardContext.create() : builder.context;
        List<Link> links = new ArrayList<>(builder.links);
        if (links.size() > 1) {
            links.replaceAll(Link::asChainMember);
        }
        IdentityGuard anybody = new IdentityGuard(null, null, null);
        this.chain = new Chain(
                new ChainSettings(NAME, builder.stickiness, builder.overallTimeout, anybody),
                List.copyOf(links),
                new Reporter(NAME, context.clock()),
                context);
    }

    /**
     * A chain with the default behaviour.
     *
     * @param credentials at least one, in the order in which they are tried
     * @return the chain
     * @throws IllegalStateException if there is none
     */
    public static ChainedTokenCredential of(TokenCredential... credentials) {
        Builder builder = builder();
        for (TokenCredential credential : credentials) {
            builder.add(credential);
        }
        return builder.build();
    }

    /**
     * Starts a chain.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the token of the first credential that has one.
     *
     * @throws dev.signet.identity.CredentialUnavailableException if all are unavailable
     * @throws dev.signet.identity.ClientAuthenticationException if one was refused; the message is the report
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return chain.getToken(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return chain.getTokenAsync(request);
    }

    /**
     * The credential that gave the last token.
     *
     * @return its name; empty before the first token
     */
    public Optional<String> selectedCredentialName() {
        Link winner = chain.winner();
        return winner == null ? Optional.empty() : Optional.of(winner.name());
    }

    /**
     * What the last walk did.
     *
     * @return the report; empty before the first
     */
    public Optional<ChainReport> lastReport() {
        return Optional.ofNullable(chain.lastReport());
    }

    /** Closes all credentials of the chain. */
    @Override
    public void close() {
        chain.close();
    }

    @Override
    public String toString() {
        return NAME + chain.links();
    }

    /** Collects the credentials of a chain. Not thread-safe. */
    public static final class Builder {
        private final List<Link> links = new ArrayList<>();
        private Stickiness stickiness = Stickiness.ALWAYS_WALK;
        private @Nullable Duration overallTimeout;
        private @Nullable ProviderContext context;

        private Builder() {}

        /**
         * Adds a credential that only absence of a prerequisite leads on from.
         *
         * @param credential the next one
         * @return this
         */
        public Builder add(TokenCredential credential) {
            return add(credential, FallThrough.ON_UNAVAILABLE);
        }

        /**
         * Adds a credential.
         *
         * @param credential the next one
         * @param fallThrough when the chain goes on behind it
         * @return this
         */
        public Builder add(TokenCredential credential, FallThrough fallThrough) {
            return add(nameOf(credential), credential, fallThrough);
        }

        /**
         * Adds a credential under a name of its own, for the report.
         *
         * @param name the name
         * @param credential the next one
         * @param fallThrough when the chain goes on behind it
         * @return this
         */
        public Builder add(String name, TokenCredential credential, FallThrough fallThrough) {
            links.add(Link.of(name, Objects.requireNonNull(fallThrough), Objects.requireNonNull(credential)));
            return this;
        }

        /**
         * Sets whether the chain stays with the first winner.
         *
         * @param stickiness default: {@link Stickiness#ALWAYS_WALK}
         * @return this
         */
        public Builder stickiness(Stickiness stickiness) {
            this.stickiness = Objects.requireNonNull(stickiness);
            return this;
        }

        /**
         * Sets the most time that one call may take.
         *
         * @param timeout a positive time; default: no limit but the credentials' own
         * @return this
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder overallTimeout(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("overallTimeout must be positive");
            }
            this.overallTimeout = timeout;
            return this;
        }

        /**
         * Sets clock, executor and listener.
         *
         * @param context default: {@link StandardContext#create()}
         * @return this
         */
        public Builder context(ProviderContext context) {
            this.context = Objects.requireNonNull(context);
            return this;
        }

        /**
         * Makes the chain. No I/O is done.
         *
         * @return a new chain
         * @throws IllegalStateException if no credential was added
         */
        public ChainedTokenCredential build() {
            if (links.isEmpty()) {
                throw new IllegalStateException("ChainedTokenCredential needs at least one credential: add(...)");
            }
            return new ChainedTokenCredential(this);
        }

        private static String nameOf(TokenCredential credential) {
            String name = credential.getClass().getSimpleName();
            return name.isEmpty() || name.contains("$") || name.contains("/") ? "TokenCredential" : name;
        }
    }
}
