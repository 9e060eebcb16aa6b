// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ClaimsParameter;
import dev.signet.identity.core.EntraTokenEndpoint;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.TokenSource;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Exchanges assertions for tokens (RFC 7523 section 2.2), directly or through a cluster's token proxy. */
final class AssertionExchange implements TokenSource {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final int ASSERTION_OUTSIDE_VALIDITY = 700024;

    private final EntraTokenEndpoint entra;
    private final Application application;
    private final Assertions assertions;
    private final @Nullable TokenProxy proxy;

    AssertionExchange(String credentialName, ProviderContext context, Application application, Assertions assertions) {
        this(new EntraTokenEndpoint(credentialName, context), application, assertions, null);
    }

    private AssertionExchange(
            EntraTokenEndpoint entra, Application application, Assertions assertions, @Nullable TokenProxy proxy) {
        this.entra = entra;
        this.application = application;
        this.assertions = assertions;
        this.proxy = proxy;
    }

    AssertionExchange through(@Nullable TokenProxy tokenProxy) {
        return new AssertionExchange(entra, application, assertions, tokenProxy);
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        Secret assertion = assertions.current();
        try {
            return send(request, assertion);
        } catch (ClientAuthenticationException refused) {
            if (!refused.details().aadstsCodes().contains(ASSERTION_OUTSIDE_VALIDITY)) {
                throw refused;
            }
            Secret renewed = assertions.renewed();
            if (renewed.equals(assertion)) {
                throw refused;
            }
            return send(request, renewed);
        }
    }

    private AccessToken send(TokenRequestContext request, Secret assertion) {
        FormBody form = new FormBody()
                .add("grant_type", "client_credentials")
                .add("client_id", application.clientId())
                .add("client_assertion_type", ASSERTION_TYPE)
                .add("client_assertion", assertion.reveal())
                .add("scope", String.join(" ", request.scopes()));
        String claims = ClaimsParameter.of(request);
        if (!claims.isEmpty()) {
            form.add("claims", claims);
        }
        URI endpoint = application.tokenEndpoint(request);
        TransportRequest.Builder http = proxy == null
                ? entra.request(endpoint, form)
                : proxy.adjust(entra.request(proxy.address(endpoint), form));
        return entra.send(http.build());
    }
}
