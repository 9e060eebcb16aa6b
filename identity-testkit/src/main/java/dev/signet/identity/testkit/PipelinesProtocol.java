// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How a job of Azure Pipelines asks for the token of a service connection. */
final class PipelinesProtocol implements EndpointServer.Protocol {
    static final String PATH = "/contoso/7f2d6b0e-52c0-4f0b-9c1e-8d0a4b6f3a11/_apis/distributedtask/hubs/build"
            + "/plans/1c9e4d57-6b1a-4a52-a0f6-2f7a3f0c5d22/jobs/12f1170f-54f2-53f3-20dd-22fc7dff55f9/oidctoken";
    private static final String API_VERSION = "7.1";
    private static final String REDIRECT = "X-TFS-FedAuthRedirect";
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final EmbeddedAuthority authority;
    private final PipelinesEndpoint job;

    PipelinesProtocol(EmbeddedAuthority authority, PipelinesEndpoint job) {
        this.authority = authority;
        this.job = job;
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        Optional<String> type = request.header("Content-Type");
        check.method("POST", PATH)
                .header(REDIRECT, "Suppress")
                .header("Content-Length", "0")
                .bearer()
                .query("api-version", "serviceConnectionId")
                .queryValue("api-version", API_VERSION)
                .present("query", request.query(), "serviceConnectionId")
                .problem(
                        type.isPresent() && !type.get().startsWith("application/json"),
                        "has a content type that is not JSON");
    }

    @Override
    public Reply answer(RecordedRequest request) {
        return reply(request)
                .header("x-vss-e2eid", UUID.randomUUID().toString())
                .header("x-msedge-ref", "Ref A: " + UUID.randomUUID() + " Ref B: EMBEDDED Ref C: 0");
    }

    private Reply reply(RecordedRequest request) {
        if (!request.header("Authorization").orElse("").equals("Bearer " + job.systemAccessToken())) {
            return request.header(REDIRECT).orElse("").equals("Suppress")
                    ? Reply.html(401, "<html><body>Unauthorized</body></html>")
                    : Reply.redirect(URI.create("https://" + request.host() + "/_signin"));
        }
        if (!request.method().equals("POST") || !request.path().equals(PATH)) {
            return failure(404, "The controller for the path was not found.");
        }
        if (!request.query("api-version").orElse("").equals(API_VERSION)) {
            return failure(400, "No api-version was supplied for the request, or one that does not exist.");
        }
        if (!request.query("serviceConnectionId").orElse("").equalsIgnoreCase(job.serviceConnectionId())) {
            return failure(404, "The service connection does not exist, or the job may not use it.");
        }
        String token = authority.assertionFor(job.federatedCredential(), LIFETIME);
        return Reply.json(200, Json.write(Map.of("oidcToken", token)));
    }

    private static Reply failure(int status, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("$id", "1");
        body.put("innerException", null);
        body.put("message", message);
        body.put("typeKey", "VssServiceException");
        body.put("errorCode", 0);
        return Reply.json(status, Json.write(body));
    }
}
