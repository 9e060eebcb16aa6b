// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.RetryPolicy;
import dev.signet.identity.core.Scopes;
import dev.signet.identity.core.StandardRetryPolicy;
import dev.signet.identity.spi.TransportRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The token service of a Service Fabric cluster, whose certificate is pinned. It knows identities by object id only
 * and would answer any other name with the default identity, so other names are not sent at all.
 */
final class ServiceFabricSource implements Source {
    private static final int[] RETRYABLE = {429, 500, 503};

    private final SourceSetup setup;

    ServiceFabricSource(SourceSetup setup) {
        this.setup = setup;
    }

    @Override
    public void check() {
        SelectedIdentity.Kind kind = setup.identity().kind();
        if (kind == SelectedIdentity.Kind.CLIENT || kind == SelectedIdentity.Kind.RESOURCE) {
            throw Failures.unsupported(setup.kind(), setup.identity());
        }
        URI unused = endpoint();
        checkPin();
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
        check();
        FormBody query = new FormBody()
                .add("api-version", "2019-07-01-preview")
                .add("resource", Scopes.resource(Failures.CREDENTIAL, request));
        if (setup.identity().kind() == SelectedIdentity.Kind.OBJECT) {
            query.add("principalId", setup.identity().value());
        }
        if (request.claims().isPresent()) {
            addRevocation(query, rejected);
        }
        String key = setup.variable(Variables.IDENTITY_HEADER);
        TransportRequest http = SourceClient.get(Endpoint.withQuery(endpoint(), query))
                .header("Secret", Endpoint.headerValue(Variables.IDENTITY_HEADER, key))
                .sslSocketFactory(pin().socketFactory())
                .hostNameVerified(false)
                .build();
        return setup.client().token(http, retries());
    }

    /** Tells the service which token was refused, so that it does not answer from its own cache. */
    private void addRevocation(FormBody query, @Nullable AccessToken rejected) {
        if (rejected != null) {
            query.add("token_sha256_to_refresh", sha256(rejected.token()));
        }
        if (!setup.settings().clientCapabilities().isEmpty()) {
            query.add("xms_cc", String.join(",", setup.settings().clientCapabilities()));
        }
    }

    private URI endpoint() {
        URI endpoint = Endpoint.parse(Variables.IDENTITY_ENDPOINT, setup.variable(Variables.IDENTITY_ENDPOINT));
        if (!"https".equalsIgnoreCase(endpoint.getScheme())) {
            throw Failures.rejected(
                    Variables.IDENTITY_ENDPOINT + " must use https on Service Fabric",
                    "Leave the variable as the cluster sets it.",
                    null);
        }
        return endpoint;
    }

    private void checkPin() {
        PinnedCertificate unused = pin();
    }

    private PinnedCertificate pin() {
        return PinnedCertificate.parse(setup.variable(Variables.IDENTITY_SERVER_THUMBPRINT));
    }

    private static RetryPolicy retries() {
        return StandardRetryPolicy.of(RETRYABLE, 1000, 2000, 4000, 8000, 16_000);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
