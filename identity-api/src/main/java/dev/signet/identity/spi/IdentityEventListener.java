// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears what credentials do, for metrics and tracing. Called on the thread that does the work, so it must be quick
 * and thread-safe; what it throws is ignored. Nothing it receives is secret.
 *
 * @since 0.1.0
 */
public interface IdentityEventListener {
    /** Hears nothing. */
    IdentityEventListener NONE = new IdentityEventListener() {};

    /**
     * A token was served from memory.
     *
     * @param credentialName the credential
     */
    default void cacheHit(String credentialName) {}

    /**
     * A credential is about to ask its source for a token, because there is none or to renew one.
     *
     * @param credentialName the credential
     * @param request what is asked for
     * @return hears of the end; a tracer returns its span here
     */
    default Observation tokenRequested(String credentialName, TokenRequestContext request) {
        return Observation.NONE;
    }

    /**
     * An HTTP request was answered or failed.
     *
     * @param credentialName the credential
     * @param method for example {@code GET}
     * @param address the address without its query
     * @param status the HTTP status; 0 when there was no answer
     * @param duration from start to end of the answer
     */
    default void httpExchange(String credentialName, String method, URI address, int status, Duration duration) {}

    /**
     * A chain found the credential it will use.
     *
     * @param chainName for example {@code DefaultAzureCredential}
     * @param credentialName the winner
     */
    default void credentialSelected(String chainName, String credentialName) {}

    /**
     * Hears how one request to a source ended.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    interface Observation {
        /** Hears nothing. */
        Observation NONE = new Observation() {
            @Override
            public void finished(Outcome outcome, Duration duration, @Nullable Throwable failure) {}
        };

        /**
         * The request ended.
         *
         * @param outcome how
         * @param duration how long it took, retries included
         * @param failure what was thrown, or null
         */
        void finished(Outcome outcome, Duration duration, @Nullable Throwable failure);
    }
}
