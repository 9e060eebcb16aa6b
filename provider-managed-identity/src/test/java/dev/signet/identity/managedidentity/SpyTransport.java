// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers the requests on their way to a real transport. */
final class SpyTransport implements HttpTransport {
    private final HttpTransport transport;
    private final List<TransportRequest> requests = new CopyOnWriteArrayList<>();

    SpyTransport(HttpTransport transport) {
        this.transport = transport;
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        requests.add(request);
        return transport.send(request);
    }

    List<TransportRequest> requests() {
        return requests;
    }
}
