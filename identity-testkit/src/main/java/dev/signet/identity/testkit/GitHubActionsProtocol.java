// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a job of GitHub Actions asks for an id token. */
final class GitHubActionsProtocol implements EndpointServer.Protocol {
    static final String PATH =
            "/8a4c2e6d/idtoken/5f6a7b8c-9d0e-4f1a-8b2c-3d4e5f6a7b8c/1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d";
    static final String QUERY = "api-version=2.0";
    private static final String STANDARD_AUDIENCE = "https://github.com/contoso";
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final EmbeddedAuthority authority;
    private final GitHubActionsEndpoint job;

    GitHubActionsProtocol(EmbeddedAuthority authority, GitHubActionsEndpoint job) {
        this.authority = authority;
        this.job = job;
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        check.method("GET", PATH)
                .bearer()
                .query("api-version", "audience")
                .queryValue("api-version", "2.0")
                .problem(
                        request.query("audience").filter(String::isBlank).isPresent(),
                        "query has a blank parameter audience");
    }

    @Override
    public Reply answer(RecordedRequest request) {
        // the scheme's name has no case (RFC 9110 section 11.1), and GitHub's examples write it small
        String authorization = request.header("Authorization").orElse("");
        String scheme = "Bearer ";
        if (!authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                || !authorization.substring(scheme.length()).equals(job.requestToken())) {
            return failure(401, "The request token is not valid.");
        }
        if (!request.method().equals("GET") || !request.path().equals(PATH)) {
            return failure(404, "The path was not found.");
        }
        Application.FederatedCredential known = job.federatedCredential();
        String audience =
                request.query("audience").filter(text -> !text.isBlank()).orElse(STANDARD_AUDIENCE);
        String token = authority.assertionFor(
                new Application.FederatedCredential(known.issuer(), known.subject(), audience), LIFETIME);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("count", token.length());
        body.put("value", token);
        return Reply.json(200, Json.write(body));
    }

    private static Reply failure(int status, String message) {
        return Reply.json(status, Json.write(Map.of("message", message)));
    }
}
