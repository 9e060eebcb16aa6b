// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The endpoint of the Azure Arc agent. Its key files lie in {@link #keyDirectory()}, which a client must be told of:
 * the real agent's directory is fixed.
 *
 * @since 0.1.0
 */
public final class ArcEndpoint implements HostedEndpoint {
    private final URI uri;
    private final Host host;
    private final Path keyDirectory;
    private final ArcProtocol protocol;
    private final EndpointServer server;

    ArcEndpoint(URI uri, Host host, Path keyDirectory, ArcProtocol protocol, EndpointServer server) {
        this.uri = uri;
        this.host = host;
        this.keyDirectory = keyDirectory;
        this.protocol = protocol;
        this.server = server;
    }

    EndpointServer server() {
        return server;
    }

    /**
     * Where the key files are. Its path ends in {@code AzureConnectedMachineAgent/Tokens} unless given, so that its
     * grandparent can stand for {@code %ProgramData%}.
     *
     * @return an absolute path
     */
    public Path keyDirectory() {
        return keyDirectory;
    }

    /**
     * Sets what the next key file holds; later ones hold a random key again.
     *
     * @param content the whole file; a line end at its end is not part of the key
     */
    public void nextKey(String content) {
        protocol.nextKey(content);
    }

    /**
     * Makes the agent an old one that ignores selectors and gives the token of the host's own identity.
     *
     * @param supported true at first
     */
    public void userAssignedSupported(boolean supported) {
        protocol.userAssigned(supported);
    }

    @Override
    public String name() {
        return "arc";
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("IDENTITY_ENDPOINT", uri.toString());
        variables.put("IMDS_ENDPOINT", uri.resolve("/").toString());
        return variables;
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
    public ManagedIdentities identities() {
        return host.identities();
    }

    @Override
    public void tokenLifetime(Duration lifetime) {
        host.tokenLifetime(lifetime);
    }

    @Override
    public void reset() {
        script().reset();
        host.reset();
        protocol.reset();
    }
}
