// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.spi.Category;

/** What a selection chooses among: an installed provider, or a known credential that is not installed. */
sealed interface Candidate permits InstalledProvider, KnownProvider {
    String name();

    Category category();

    int order();

    /** Whether a name, as a user may write it, means this credential. */
    boolean isNamed(String wanted);

    /** Whether this one is tried before another: by order, ties by name. */
    static int compare(Candidate one, Candidate other) {
        int byOrder = Integer.compare(one.order(), other.order());
        return byOrder != 0 ? byOrder : one.name().compareTo(other.name());
    }
}
