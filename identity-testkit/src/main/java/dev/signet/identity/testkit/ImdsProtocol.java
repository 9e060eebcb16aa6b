// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.util.Map;
import java.util.Optional;

/** The instance metadata service of virtual machines: tokens, and where the machine is. */
final class ImdsProtocol implements EndpointServer.Protocol {
    static final String PATH = "/metadata/identity/oauth2/token";
    static final String API_VERSION = "2018-02-01";
    private static final String COMPUTE = "/metadata/instance/compute";
    private static final String LOCATION = COMPUTE + "/location";
    private static final String SERVER = "IMDS/150.870.65.1854";

    private final Host host;
    private final String region;

    ImdsProtocol(Host host, String region) {
        this.host = host;
        this.region = region;
    }

    @Override
    public boolean aside(RecordedRequest request) {
        return request.path().startsWith(COMPUTE);
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        if (aside(request)) {
            check.method("GET", request.path().equals(LOCATION) ? LOCATION : COMPUTE)
                    .header("Metadata", "true")
                    .query("api-version", "format")
                    .present("query", request.query(), "api-version");
            return;
        }
        check.method("GET", PATH);
        boolean probe =
                request.rawQuery().isEmpty() && request.header("Metadata").isEmpty();
        if (!probe) {
            check.header("Metadata", "true")
                    .query("api-version", "resource", "client_id", "object_id", "msi_res_id")
                    .queryValue("api-version", API_VERSION)
                    .present("query", request.query(), "resource")
                    .atMostOneOf("client_id", "object_id", "msi_res_id");
        }
    }

    @Override
    public Reply answer(RecordedRequest request) {
        return reply(request).header("Server", SERVER);
    }

    private Reply reply(RecordedRequest request) {
        if (!request.method().equals("GET")) {
            return ErrorShapes.flat(405, "invalid_request", "The requested resource does not support this method");
        }
        if (!request.header("Metadata").orElse("").equals("true")) {
            return ErrorShapes.flat(400, "invalid_request", "Required metadata header not specified");
        }
        if (request.header("X-Forwarded-For").isPresent()) {
            return ErrorShapes.flat(400, "invalid_request", "Requests through a proxy are not allowed");
        }
        if (aside(request)) {
            return location(request);
        }
        return request.path().equals(PATH) ? token(request) : ErrorShapes.flat(404, "not_found", "No such path");
    }

    private Reply location(RecordedRequest request) {
        if (request.query("api-version").isEmpty()) {
            return ErrorShapes.flat(400, "invalid_request", "Required query variable 'api-version' is missing");
        }
        boolean text = request.query("format").orElse("json").equals("text");
        if (request.path().equals(LOCATION)) {
            return text ? Reply.text(200, region) : Reply.json(200, "\"" + region + "\"");
        }
        return Reply.json(200, Json.write(Map.of("location", region, "osType", "Linux")));
    }

    private Reply token(RecordedRequest request) {
        String resource = request.query("resource").orElse("");
        if (!request.query("api-version").orElse("").equals(API_VERSION)) {
            return ErrorShapes.flat(
                    400, "invalid_request", "Required query variable 'api-version' is missing or wrong");
        }
        if (resource.isBlank()) {
            return ErrorShapes.flat(400, "invalid_request", "Required query variable 'resource' is missing");
        }
        String selector = request.query("msi_res_id").isPresent() ? "msi_res_id" : "mi_res_id";
        Optional<ManagedIdentity> identity = host.select(request, "client_id", "object_id", selector);
        if (identity.isEmpty()) {
            boolean unnamed = request.query("client_id")
                    .or(() -> request.query("object_id"))
                    .or(() -> request.query(selector))
                    .isEmpty();
            return ErrorShapes.flat(
                    400,
                    "invalid_request",
                    unnamed && host.identities().ambiguous()
                            ? "Multiple user assigned identities exist, please specify the clientId / resourceId of the"
                                    + " identity in the token request"
                            : "Identity not found");
        }
        if (!host.knows(resource)) {
            return ErrorShapes.flat(
                    400,
                    "invalid_resource",
                    "AADSTS500011: The resource principal named " + resource
                            + " was not found in the tenant. Trace ID: 00000000-0000-0000-0000-000000000000");
        }
        return Reply.token(host.machineToken(identity.get(), resource)
                .withText("client_id", identity.get().clientId()));
    }
}
