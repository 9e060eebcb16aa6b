// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.Optional;

/** Compute of Azure Machine Learning, interface of 2017. Knows client ids only and answers errors in plain text. */
final class AzureMlProtocol implements EndpointServer.Protocol {
    static final String PATH = "/MSI/token/";
    private static final String API_VERSION = "2017-09-01";

    private final Host host;

    AzureMlProtocol(Host host) {
        this.host = host;
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        check.method("GET", PATH)
                .header("secret", host.header())
                .noHeader("X-IDENTITY-HEADER")
                .noHeader("Metadata")
                .query("api-version", "resource", "clientid")
                .queryValue("api-version", API_VERSION)
                .present("query", request.query(), "resource")
                .atMostOneOf("clientid");
    }

    @Override
    public Reply answer(RecordedRequest request) {
        String resource = request.query("resource").orElse("");
        if (!request.method().equals("GET") || !request.path().equals(PATH)) {
            return Reply.text(404, "404 page not found");
        }
        if (!request.header("secret").orElse("").equals(host.header())) {
            return Reply.text(401, "invalid secret");
        }
        if (!request.query("api-version").orElse("").equals(API_VERSION) || resource.isBlank()) {
            return Reply.text(400, "invalid query");
        }
        Optional<ManagedIdentity> identity = host.select(request, "clientid", null, null);
        if (identity.isEmpty() || !host.knows(resource)) {
            return Reply.text(500, "internal error: token request failed with status 404");
        }
        return Reply.token(host.token(identity.get(), resource)
                .expiresOn(host.expiry(), ExpiryFormat.EPOCH_STRING)
                .withText("client_id", identity.get().clientId()));
    }
}
