// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.Optional;

/** The token service of a Service Fabric cluster. Knows object ids only and ignores other selectors. */
final class ServiceFabricProtocol implements EndpointServer.Protocol {
    static final String PATH = "/metadata/identity/oauth2/token";
    private static final String API_VERSION = "2019-07-01-preview";
    private static final int HASH_DIGITS = 64;

    private final Host host;

    ServiceFabricProtocol(Host host) {
        this.host = host;
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        String hash = request.query("token_sha256_to_refresh").orElse("");
        boolean wellFormed = hash.length() == HASH_DIGITS
                && hash.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        check.method("GET", PATH)
                .header("Secret", host.header())
                .noHeader("Metadata")
                .query("api-version", "resource", "principalId", "xms_cc", "token_sha256_to_refresh")
                .queryValue("api-version", API_VERSION)
                .present("query", request.query(), "resource")
                .atMostOneOf("principalId")
                .problem(
                        request.query().containsKey("token_sha256_to_refresh") && !wellFormed,
                        "query parameter token_sha256_to_refresh is no lower-case SHA-256");
    }

    @Override
    public Reply answer(RecordedRequest request) {
        String resource = request.query("resource").orElse("");
        if (!request.method().equals("GET") || !request.path().equals(PATH)) {
            return ErrorShapes.nested(404, "NotFound", "No such path");
        }
        if (!request.header("Secret").orElse("").equals(host.header())) {
            return ErrorShapes.nested(401, "SecretHeaderNotFound", "Secret is not found in the request headers.");
        }
        if (!request.query("api-version").orElse("").equals(API_VERSION)) {
            return ErrorShapes.nested(400, "InvalidApiVersion", "The api-version is not supported.");
        }
        if (resource.isBlank()) {
            return ErrorShapes.nested(400, "ArgumentNullOrEmpty", "Argument resource is null or empty.");
        }
        Optional<ManagedIdentity> identity = host.select(request, null, "principalId", null);
        if (identity.isEmpty()) {
            return ErrorShapes.nested(404, "ManagedIdentityNotFound", "Managed identity is not found.");
        }
        if (!host.knows(resource)) {
            return ErrorShapes.nested(500, "InternalServerError", "AADSTS500011");
        }
        return Reply.token(host.token(identity.get(), resource).expiresOn(host.expiry(), ExpiryFormat.EPOCH_NUMBER));
    }
}
