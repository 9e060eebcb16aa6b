// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import dev.signet.identity.core.HttpCalls;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.core.RetryPolicy;
import dev.signet.identity.core.ServerError;
import dev.signet.identity.core.StandardRetryPolicy;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;

/** An endpoint of a build service that states who a job is, as a signed JSON Web Token in a member of its answer. */
final class OidcEndpoint {
    private static final RetryPolicy RETRIES =
            StandardRetryPolicy.of(new int[] {408, 429, 502, 503, 504}, 1000, 2000, 4000);

    private final String credentialName;
    private final ProviderContext context;
    private final String variable;
    private final String member;

    /**
     * An endpoint.
     *
     * @param credentialName for messages
     * @param context environment and transport
     * @param variable names the endpoint's address
     * @param member of the answer, with the statement
     */
    OidcEndpoint(String credentialName, ProviderContext context, String variable, String member) {
        this.credentialName = credentialName;
        this.context = context;
        this.variable = variable;
        this.member = member;
    }

    /**
     * The endpoint's address as the build service set it.
     *
     * @throws CredentialUnavailableException if it is not set
     * @throws ClientAuthenticationException if it is no https address; loopback may use http
     */
    String address(String remedyWhenAbsent) {
        String value = context.environment().get(variable).orElse("").strip();
        if (value.isEmpty()) {
            throw new CredentialUnavailableException(credentialName, variable + " not set", remedyWhenAbsent);
        }
        try {
            URI uri = new URI(value);
            boolean secure = "https".equalsIgnoreCase(uri.getScheme()) || isEmulator(uri);
            if (secure && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return value;
            }
        } catch (URISyntaxException malformed) {
            // said below, without the value
        }
        throw misconfigured(variable + " is not an https address");
    }

    private ClientAuthenticationException misconfigured(String what) {
        return new ClientAuthenticationException(FailureDetails.rejected(credentialName, what)
                .outcome(Outcome.MISCONFIGURED)
                .remedy("Leave it as the build service sets it.")
                .build());
    }

    private static boolean isEmulator(URI uri) {
        String host = uri.getHost();
        return "http".equalsIgnoreCase(uri.getScheme()) && ("localhost".equals(host) || "127.0.0.1".equals(host));
    }

    /**
     * Asks for a statement.
     *
     * @param request still without the job's own token
     * @param jobToken that token
     * @param refusalRemedy what to do when that token is not taken
     * @return the statement
     * @throws ClientAuthenticationException if the endpoint refused, did not answer or gave no statement
     */
    Secret ask(TransportRequest.Builder request, Secret jobToken, String refusalRemedy) {
        try {
            request.header("Accept", "application/json")
                    .header("Authorization", "Bearer " + jobToken.reveal().strip());
        } catch (IllegalArgumentException unprintable) {
            throw misconfigured("the job's own token has characters that no token has");
        }
        TransportResponse response;
        try {
            response = new HttpCalls(credentialName, context).send(request.build(), RETRIES);
        } catch (UncheckedIOException lost) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(credentialName, "the endpoint in " + variable + " gave no answer")
                            .outcome(Outcome.TRANSIENT)
                            .remedy("Check the network of the build agent.")
                            .build(),
                    lost.getCause());
        }
        JsonObject body = JsonObject.parse(response.body()).orElse(null);
        String statement = body == null ? "" : body.string(member).orElse("");
        if (response.status() == 200 && !statement.isBlank()) {
            return Secret.of(statement);
        }
        throw refused(response, body != null, refusalRemedy);
    }

    private ClientAuthenticationException refused(TransportResponse response, boolean json, String remedy) {
        String said = "the endpoint in " + variable + " answered ";
        if (response.status() == 200) {
            return new ClientAuthenticationException(FailureDetails.rejected(
                            credentialName, said + (json ? "without " + member : "with HTTP 200, but not in JSON"))
                    .outcome(json ? Outcome.TRANSIENT : Outcome.REJECTED)
                    .httpStatus(200)
                    .remedy(json ? "Try again; tell the build service's support if it stays so." : remedy)
                    .build());
        }
        ServerError error = ServerError.read(response);
        String ids = id(response, "x-vss-e2eid") + id(response, "x-msedge-ref") + id(response, "x-github-request-id");
        boolean transientStatus = response.status() >= 500 || response.status() == 408 || response.status() == 429;
        return new ClientAuthenticationException(error.addTo(FailureDetails.rejected(
                        credentialName, "the endpoint in " + variable + " answered with " + error.summary() + ids))
                .outcome(transientStatus ? Outcome.TRANSIENT : Outcome.REJECTED)
                .remedy(transientStatus ? "Try again later." : remedy)
                .build());
    }

    /** By these ids the service's support finds the request. */
    private static String id(TransportResponse response, String header) {
        String value = response.header(header).orElse("");
        boolean printable = !value.isEmpty() && value.length() <= 200;
        for (int i = 0; i < value.length() && printable; i++) {
            printable = value.charAt(i) >= ' ' && value.charAt(i) <= '~';
        }
        return printable ? ", " + header + " " + value : "";
    }
}
