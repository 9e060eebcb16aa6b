// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.core.internal.LocalAddresses;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the public cloud whether an unknown host is a sign-in host of Microsoft's, once for each host and process. No
 * credential is sent to a host that is not known to be one. Thread-safe.
 */
final class InstanceDiscovery {
    static final InstanceDiscovery SHARED = new InstanceDiscovery();

    private static final String ENDPOINT = "https://login.microsoftonline.com/common/discovery/instance";
    private static final String REMEDY = "Check the authority host; if you vouch for it, disable instance discovery.";
    private static final int MAX_HOSTS = 1000;

    private final Set<String> valid = ConcurrentHashMap.newKeySet();

    InstanceDiscovery() {}

    /**
     * Makes sure that credentials may be sent to an endpoint.
     *
     * @throws ClientAuthenticationException if its host is unknown to Microsoft, or nobody can be asked
     */
    void require(String credentialName, ProviderContext context, URI tokenEndpoint) {
        String host = tokenEndpoint.getHost();
        String authority = tokenEndpoint.getRawAuthority();
        if (AuthorityHost.isTrusted(host)
                || LocalAddresses.isLoopback(host)
                || tokenEndpoint.getRawPath().startsWith("/adfs/")
                || valid.contains(authority)) {
            return;
        }
        TransportResponse response = ask(credentialName, context, tokenEndpoint);
        if (response.status() == 200 && names(response)) {
            if (valid.size() < MAX_HOSTS) {
                valid.add(authority);
            }
            return;
        }
        ServerError error = ServerError.read(response);
        boolean refused = response.status() == 400;
        throw new ClientAuthenticationException(error.addTo(FailureDetails.rejected(
                        credentialName,
                        refused
                                ? authority + " is no sign-in host that Microsoft knows; instance discovery answered "
                                        + error.summary()
                                : authority + " could not be validated; instance discovery answered "
                                        + error.summary()))
                .outcome(refused ? Outcome.MISCONFIGURED : Outcome.TRANSIENT)
                .remedy(REMEDY)
                .build());
    }

    private static TransportResponse ask(String credentialName, ProviderContext context, URI tokenEndpoint) {
        String authorize = tokenEndpoint.toString().replace("/oauth2/v2.0/token", "/oauth2/v2.0/authorize");
        String query = new FormBody()
                .add("api-version", "1.1")
                .add("authorization_endpoint", authorize)
                .text();
        TransportRequest request = TransportRequest.get(URI.create(ENDPOINT + "?" + query))
                .header("Accept", "application/json")
                .build();
        try {
            return new HttpCalls(credentialName, context).send(request, StandardRetryPolicy.entra());
        } catch (UncheckedIOException failure) {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(
                                    credentialName,
                                    tokenEndpoint.getRawAuthority()
                                            + " could not be validated; instance discovery at"
                                            + " login.microsoftonline.com gave no answer")
                            .outcome(Outcome.TRANSIENT)
                            .remedy(REMEDY)
                            .build(),
                    failure.getCause());
        }
    }

    private static boolean names(TransportResponse response) {
        return JsonObject.parse(response.body())
                .map(body -> body.has("tenant_discovery_endpoint"))
                .orElse(false);
    }
}
