// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.util.function.LongSupplier;

/** Nanoseconds for deadlines; a class, because a lambda would cost a cold start more than the request. */
final class SystemTicker implements LongSupplier {
    @Override
    public long getAsLong() {
        return System.nanoTime();
    }
}
