// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.Optional;

/** App Service, Functions and Container Apps, interface of 2019. */
final class AppServiceProtocol implements EndpointServer.Protocol {
    static final String PATH = "/msi/token";
    private static final String API_VERSION = "2019-08-01";
    private static final String HEADER = "X-IDENTITY-HEADER";

    private final Host host;

    AppServiceProtocol(Host host) {
        this.host = host;
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        check.method("GET", PATH)
                .header(HEADER, host.header())
                .noHeader("secret")
                .noHeader("Metadata")
                .query("api-version", "resource", "client_id", "object_id", "principal_id", "mi_res_id")
                .queryValue("api-version", API_VERSION)
                .present("query", request.query(), "resource")
                .atMostOneOf("client_id", "object_id", "principal_id", "mi_res_id");
    }

    @Override
    public Reply answer(RecordedRequest request) {
        String resource = request.query("resource").orElse("");
        if (!request.method().equals("GET")) {
            return ErrorShapes.numbered(405, "Method not allowed");
        }
        if (!request.path().equals(PATH)) {
            return ErrorShapes.numbered(404, "No such path");
        }
        if (!request.header(HEADER).orElse("").equals(host.header())) {
            return ErrorShapes.numbered(401, "The request lacks a valid " + HEADER);
        }
        if (!request.query("api-version").orElse("").equals(API_VERSION)) {
            return ErrorShapes.numbered(400, "Unsupported api-version");
        }
        if (resource.isBlank()) {
            return ErrorShapes.numbered(400, "The resource parameter is missing");
        }
        String object = request.query("object_id").isPresent() ? "object_id" : "principal_id";
        Optional<ManagedIdentity> identity = host.select(request, "client_id", object, "mi_res_id");
        if (identity.isEmpty()) {
            return ErrorShapes.numbered(
                    400,
                    "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.");
        }
        if (!host.knows(resource)) {
            return ErrorShapes.numbered(500, "An unexpected error occured while fetching the AAD Token: AADSTS500011");
        }
        return Reply.token(host.token(identity.get(), resource)
                .expiresOn(host.expiry(), ExpiryFormat.EPOCH_STRING)
                .withText("client_id", identity.get().clientId()));
    }
}
