// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The agent of Azure Arc: proves by a key file that the client may read the host's files. */
final class ArcProtocol implements EndpointServer.Protocol {
    static final String PATH = "/metadata/identity/oauth2/token";
    private static final String API_VERSION = "2020-06-01";
    private static final String[] SELECTORS = {"client_id", "object_id", "msi_res_id"};

    private final Host host;
    private final Path keyDirectory;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String nextKey;
    private volatile boolean userAssigned = true;

    ArcProtocol(Host host, Path keyDirectory) {
        this.host = host;
        this.keyDirectory = keyDirectory;
    }

    void nextKey(String content) {
        this.nextKey = content;
    }

    void userAssigned(boolean supported) {
        this.userAssigned = supported;
    }

    void reset() {
        nextKey = null;
        userAssigned = true;
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        String authorization = request.header("Authorization").orElse("Basic ");
        check.method("GET", PATH)
                .header("Metadata", "true")
                .query("api-version", "resource", "client_id", "object_id", "msi_res_id")
                .queryValue("api-version", API_VERSION)
                .present("query", request.query(), "resource")
                .atMostOneOf(SELECTORS)
                .problem(!authorization.startsWith("Basic "), "has an Authorization header that is not Basic");
    }

    @Override
    public Reply answer(RecordedRequest request) {
        String resource = request.query("resource").orElse("");
        if (!request.method().equals("GET") || !request.path().equals(PATH)) {
            return ErrorShapes.flat(404, "not_found", "No such path");
        }
        if (!request.header("Metadata").orElse("").equals("true")) {
            return ErrorShapes.flat(400, "invalid_request", "Required metadata header not specified");
        }
        if (!request.query("api-version").orElse("").equals(API_VERSION) || resource.isBlank()) {
            return ErrorShapes.flat(400, "invalid_request", "api-version or resource is missing or wrong");
        }
        String authorization = request.header("Authorization").orElse("");
        if (authorization.isEmpty()) {
            return challenge();
        }
        if (!authorization.startsWith("Basic ") || !keys.remove(authorization.substring("Basic ".length()))) {
            return ErrorShapes.flat(401, "unauthorized_client", "The key is not the one that was asked for");
        }
        Optional<ManagedIdentity> identity =
                userAssigned ? host.select(request, SELECTORS[0], SELECTORS[1], SELECTORS[2]) : standard();
        if (identity.isEmpty()) {
            return ErrorShapes.flat(404, "invalid_request", "Identity not found");
        }
        if (!host.knows(resource)) {
            return ErrorShapes.flat(400, "invalid_resource", "AADSTS500011: The resource principal was not found");
        }
        TokenBody body = host.machineToken(identity.get(), resource);
        for (String selector : SELECTORS) {
            Optional<String> value = request.query(selector);
            if (userAssigned && value.isPresent()) {
                body = body.withText(selector, value.get());
            }
        }
        return Reply.token(body);
    }

    private Optional<ManagedIdentity> standard() {
        return host.identities().standard();
    }

    private Reply challenge() {
        String given = nextKey;
        nextKey = null;
        String content = given == null ? UUID.randomUUID().toString() : given;
        Path file = keyDirectory.resolve(UUID.randomUUID() + ".key");
        try {
            Files.createDirectories(keyDirectory);
            Files.writeString(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException("the key file of the Arc endpoint cannot be written", failure);
        }
        keys.add(content.stripTrailing());
        return Reply.status(401).header("WWW-Authenticate", "Basic realm=" + file);
    }
}
