// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.dbus;

import dev.signet.identity.spi.Environment;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the message bus of the user's session listens: {@code DBUS_SESSION_BUS_ADDRESS}, else {@code bus} in the user's
 * runtime directory. The system's bus is never used. Looks at files, connects to nothing.
 */
public final class SessionBus {
    private static final String ADDRESS = "DBUS_SESSION_BUS_ADDRESS";
    private static final String RUNTIME_DIRECTORY = "XDG_RUNTIME_DIR";
    private static final String SOCKET = "unix:path=";

    private final Environment environment;
    private final Path runtimeDirectories;

    /**
     * The bus of this environment.
     *
     * @param environment its variables
     * @param runtimeDirectories the folder that has one folder for each user, {@code /run/user}
     */
    public SessionBus(Environment environment, Path runtimeDirectories) {
        this.environment = environment;
        this.runtimeDirectories = runtimeDirectories;
    }

    /**
     * The socket of the bus.
     *
     * @return empty if there is none, or none that Java can connect to
     */
    public Optional<Path> socket() {
        if (environment.has(ADDRESS)) {
            return named(environment.get(ADDRESS).orElseThrow());
        }
        Optional<Path> bus = runtimeDirectory().map(directory -> directory.resolve("bus"));
        return bus.filter(Files::exists);
    }

    /**
     * Why there is no socket.
     *
     * @return half a sentence
     */
    public String absence() {
        return environment.has(ADDRESS)
                ? ADDRESS + " names no socket file"
                : "there is no session bus: " + ADDRESS + " is not set and the user's runtime directory has no bus";
    }

    /** The first address that is a socket file; values are escaped as in the D-Bus specification, by percent signs. */
    private static Optional<Path> named(String addresses) {
        for (String address : addresses.strip().split(";", -1)) {
            if (address.startsWith(SOCKET)) {
                String value = address.substring(SOCKET.length());
                int comma = value.indexOf(',');
                String escaped = comma < 0 ? value : value.substring(0, comma);
                try {
                    return Optional.of(Path.of(URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8)));
                } catch (IllegalArgumentException malformed) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Path> runtimeDirectory() {
        try {
            return environment.has(RUNTIME_DIRECTORY)
                    ? Optional.of(Path.of(environment.get(RUNTIME_DIRECTORY).orElseThrow()))
                    : Optional.of(runtimeDirectories.resolve(userId()));
        } catch (IOException | UnsupportedOperationException | InvalidPathException unknown) {
            return Optional.empty();
        }
    }

    /** The process belongs to the user. */
    private static String userId() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    }
}
