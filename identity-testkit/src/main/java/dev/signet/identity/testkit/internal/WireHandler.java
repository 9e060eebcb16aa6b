// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.io.IOException;

/** Answers the requests of a {@link WireServer}, each on the thread of its connection. */
public interface WireHandler {
    /**
     * Answers a request.
     *
     * @param request what came
     * @param connection where the answer goes
     * @return whether the connection can be used again
     * @throws IOException if the client is gone
     * @throws InterruptedException if the server is closed meanwhile
     */
    boolean handle(WireRequest request, WireConnection connection) throws IOException, InterruptedException;

    /**
     * Something came that is not an HTTP request.
     *
     * @param problem what is wrong with it
     */
    void malformed(String problem);
}
