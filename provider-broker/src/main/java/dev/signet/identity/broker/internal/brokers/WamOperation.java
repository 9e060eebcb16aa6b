// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import java.util.concurrent.CompletableFuture;

/** An operation that the Windows runtime has begun. */
interface WamOperation {
    /** Completes with the result, never exceptionally. */
    CompletableFuture<WamResult> result();

    /** Has the runtime give it up, its dialog included. */
    void cancel();
}
