// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A managed-identity endpoint without anything of its own. */
record StandardEndpoint(String name, URI uri, Map<String, String> environment, Host host, EndpointServer server)
        implements HostedEndpoint {
    @Override
    public ManagedIdentities identities() {
        return host.identities();
    }

    @Override
    public void tokenLifetime(Duration lifetime) {
        host.tokenLifetime(lifetime);
    }

    @Override
    public EndpointScript script() {
        return server.script();
    }

    @Override
    public int connections() {
        return server.wire().accepted();
    }

    @Override
    public void reset() {
        server.script().reset();
        server.asideScript().reset();
        host.reset();
    }

    @Override
    public String toString() {
        return name + " at " + uri;
    }
}
