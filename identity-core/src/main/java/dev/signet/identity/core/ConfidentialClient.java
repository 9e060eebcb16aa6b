// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Token requests of an application that proves who it is. By itself, as a {@link TokenSource}, it asks for tokens of
 * the application (RFC 6749 section 4.4). A proof that Entra finds outside its validity is replaced once, if there is
 * another. Scopes go out as they were asked for. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ConfidentialClient implements TokenSource {
    private static final int ASSERTION_OUTSIDE_VALIDITY = 700024;
    private static final Grant CLIENT_CREDENTIALS = new ClientCredentials();

    private final EntraTokenEndpoint entra;
    private final EntraApplication application;
    private final ClientProofSource proofs;
    private final TokenRoute route;

    /**
     * The requests of an application.
     *
     * @param entra sends them
     * @param application who asks
     * @param proofs how it proves that
     * @param route the way to the token endpoint
     */
    public ConfidentialClient(
            EntraTokenEndpoint entra, EntraApplication application, ClientProofSource proofs, TokenRoute route) {
        this.entra = entra;
        this.application = application;
        this.proofs = proofs;
        this.route = route;
    }

    /** The part of a token request that says on what ground a token is asked for. */
    @FunctionalInterface
    public interface Grant {
        /**
         * Adds the grant's fields.
         *
         * @param form a request without {@code grant_type}, client, scope and claims
         */
        void addTo(FormBody form);
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        return redeem(request, CLIENT_CREDENTIALS);
    }

    /**
     * Asks for a token on another ground.
     *
     * @param request a request that went through the application's tenant policy
     * @param grant the ground
     * @return a bearer token
     * @throws ClientAuthenticationException if there is no proof, or Entra refused or did not answer
     */
    public AccessToken redeem(TokenRequestContext request, Grant grant) {
        URI endpoint = application.tokenEndpoint(request);
        URI address = route.address(endpoint);
        ClientProof proof = proofs.current(application.clientId(), endpoint);
        try {
            return send(request, grant, address, proof);
        } catch (ClientAuthenticationException refused) {
            if (!refused.details().aadstsCodes().contains(ASSERTION_OUTSIDE_VALIDITY)) {
                throw refused;
            }
            ClientProof renewed = proofs.renewed(application.clientId(), endpoint, proof);
            if (renewed.equals(proof)) {
                throw refused;
            }
            return send(request, grant, address, renewed);
        }
    }

    private AccessToken send(TokenRequestContext request, Grant grant, URI address, ClientProof proof) {
        FormBody form = new FormBody();
        grant.addTo(form);
        form.add("client_id", application.clientId());
        proof.addTo(form);
        form.add("scope", String.join(" ", request.scopes()));
        String claims = ClaimsParameter.of(request, entra.context().environment());
        if (!claims.isEmpty()) {
            form.add("claims", claims);
        }
        TransportRequest.Builder http = entra.request(address, form);
        route.adjust(http);
        return entra.send(http.build());
    }

    private static final class ClientCredentials implements Grant {
        @Override
        public void addTo(FormBody form) {
            form.add("grant_type", "client_credentials");
        }
    }
}
