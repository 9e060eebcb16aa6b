// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.Set;

/** One way to ask the token endpoint: a value of {@code grant_type} with its parameters and rules. */
interface Grant {
    /** The value of {@code grant_type}. */
    String type();

    /** The parameters it knows beside those of every request and of client authentication. */
    Set<String> parameters();

    /** Whether the application must prove itself. */
    boolean confidential();

    /** Compares what is special about this grant with the protocol. */
    default void check(RecordedRequest request, RequestCheck check) {}

    /** Answers a request of an application that has proved itself if it must. */
    Reply redeem(TokenCall call);
}
