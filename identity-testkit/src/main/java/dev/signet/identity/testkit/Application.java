// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * An application with what it may prove itself by. Immutable; {@link #toString()} shows no secret.
 *
 * @since 0.1.0
 */
public final class Application {
    private static final Duration LIFETIME = Duration.ofSeconds(3599);

    private final Builder parts;

    private Application(Builder parts) {
        this.parts = new Builder(parts);
    }

    /**
     * Starts an application.
     *
     * @param clientId its client (application) id
     * @return a builder
     */
    public static Builder builder(String clientId) {
        return new Builder(clientId);
    }

    /**
     * An assertion that the application may prove itself by.
     *
     * @param issuer what the assertion's {@code iss} must be
     * @param subject what its {@code sub} must be
     * @param audience what its {@code aud} must be
     * @since 0.1.0
     */
    public record FederatedCredential(String issuer, String subject, String audience) {}

    /** A secret and when it ends, if ever. */
    record ClientSecret(Secret value, @Nullable Instant expiresOn) {}

    /** Whose certificates are accepted without being registered one by one. */
    record TrustedSubject(X500Principal subject, X509Certificate issuer) {}

    /**
     * The client id.
     *
     * @return as given
     */
    public String clientId() {
        return parts.clientId;
    }

    /**
     * The object id of the application's service principal.
     *
     * @return a UUID made from the client id
     */
    public String objectId() {
        return UUID.nameUUIDFromBytes(parts.clientId.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * The tenant it is registered in.
     *
     * @return tenant id
     */
    public String tenantId() {
        return parts.tenantId;
    }

    /**
     * Its client secrets.
     *
     * @return possibly none
     */
    public List<Secret> secrets() {
        return parts.secrets.stream().map(ClientSecret::value).toList();
    }

    /**
     * Its federated credentials.
     *
     * @return possibly none
     */
    public List<FederatedCredential> federatedCredentials() {
        return List.copyOf(parts.federated);
    }

    /**
     * How long its tokens live.
     *
     * @return 3599 seconds unless given
     */
    public Duration tokenLifetime() {
        return parts.tokenLifetime;
    }

    /**
     * When its tokens should be renewed, as {@code refresh_in}.
     *
     * @return empty unless given
     */
    public Optional<Duration> refreshIn() {
        return Optional.ofNullable(parts.refreshIn);
    }

    boolean accepts(String assertion) {
        return parts.assertions.stream().anyMatch(known -> known.reveal().equals(assertion));
    }

    Optional<ClientSecret> secret(String presented) {
        return parts.secrets.stream()
                .filter(known -> known.value().reveal().equals(presented))
                .findFirst();
    }

    List<X509Certificate> certificates() {
        return List.copyOf(parts.certificates);
    }

    List<TrustedSubject> trustedSubjects() {
        return List.copyOf(parts.trustedSubjects);
    }

    /** Whether a token's audience is this application. */
    boolean isCalled(String audience) {
        return audience.equalsIgnoreCase(parts.clientId)
                || audience.equalsIgnoreCase("api://" + parts.clientId)
                || parts.identifierUris.contains(audience);
    }

    boolean disabled() {
        return parts.disabled;
    }

    @Override
    public String toString() {
        return "Application[" + parts.clientId + " in " + parts.tenantId + "]";
    }

    /** Collects the parts of an application. Not thread-safe. */
    public static final class Builder {
        private final String clientId;
        private final List<ClientSecret> secrets;
        private final List<X509Certificate> certificates;
        private final List<TrustedSubject> trustedSubjects;
        private final List<Secret> assertions;
        private final List<FederatedCredential> federated;
        private final List<String> identifierUris;
        private String tenantId = EmbeddedAuthority.DEFAULT_TENANT;
        private Duration tokenLifetime = LIFETIME;
        private @Nullable Duration refreshIn;
        private boolean disabled;

        private Builder(String clientId) {
            this.clientId = Objects.requireNonNull(clientId);
            this.secrets = new ArrayList<>();
            this.certificates = new ArrayList<>();
            this.trustedSubjects = new ArrayList<>();
            this.assertions = new ArrayList<>();
            this.federated = new ArrayList<>();
            this.identifierUris = new ArrayList<>();
        }

        private Builder(Builder other) {
            this.clientId = other.clientId;
            this.secrets = new ArrayList<>(other.secrets);
            this.certificates = new ArrayList<>(other.certificates);
            this.trustedSubjects = new ArrayList<>(other.trustedSubjects);
            this.assertions = new ArrayList<>(other.assertions);
            this.federated = new ArrayList<>(other.federated);
            this.identifierUris = new ArrayList<>(other.identifierUris);
            this.tenantId = other.tenantId;
            this.tokenLifetime = other.tokenLifetime;
            this.refreshIn = other.refreshIn;
            this.disabled = other.disabled;
        }

        /**
         * Sets the tenant.
         *
         * @param tenantId {@link EmbeddedAuthority#DEFAULT_TENANT} unless given
         * @return this
         */
        public Builder tenantId(String tenantId) {
            this.tenantId = Objects.requireNonNull(tenantId);
            return this;
        }

        /**
         * Adds a client secret.
         *
         * @param secret its value
         * @return this
         */
        public Builder secret(String secret) {
            secrets.add(new ClientSecret(Secret.of(secret), null));
            return this;
        }

        /**
         * Adds a client secret that ends.
         *
         * @param secret its value
         * @param expiresOn when it ends, by the cloud's clock
         * @return this
         */
        public Builder secret(String secret, Instant expiresOn) {
            secrets.add(new ClientSecret(Secret.of(secret), Objects.requireNonNull(expiresOn)));
            return this;
        }

        /**
         * Registers a certificate. Assertions of the application itself are verified with its key, and accepted while
         * the certificate is valid by the cloud's clock.
         *
         * @param certificate what the application's assertions name in {@code x5t#S256}
         * @return this
         */
        public Builder certificate(X509Certificate certificate) {
            certificates.add(Objects.requireNonNull(certificate));
            return this;
        }

        /**
         * Trusts every certificate of a subject that an authority issued, directly or through others, if the assertion
         * brings the chain in {@code x5c} (subject name and issuer authentication).
         *
         * @param subject the certificate's subject, for example {@code CN=app.contoso.example}
         * @param issuer the authority
         * @return this
         */
        public Builder trustedSubject(String subject, X509Certificate issuer) {
            trustedSubjects.add(new TrustedSubject(new X500Principal(subject), Objects.requireNonNull(issuer)));
            return this;
        }

        /**
         * Adds a federated credential. The signature of assertions is not checked, everything else is.
         *
         * @param issuer the expected issuer
         * @param subject the expected subject
         * @param audience the expected audience, usually {@code api://AzureADTokenExchange}
         * @return this
         */
        public Builder federatedCredential(String issuer, String subject, String audience) {
            federated.add(new FederatedCredential(issuer, subject, audience));
            return this;
        }

        /**
         * Adds a federated credential that exists already, for example an endpoint's.
         *
         * @param credential what assertions must say
         * @return this
         */
        public Builder federatedCredential(FederatedCredential credential) {
            federated.add(Objects.requireNonNull(credential));
            return this;
        }

        /**
         * Accepts one text as an assertion, whatever it looks like.
         *
         * @param assertion the text
         * @return this
         */
        public Builder assertion(String assertion) {
            assertions.add(Secret.of(assertion));
            return this;
        }

        /**
         * Adds an application id URI, by which tokens for the application may call it beside its client id and
         * {@code api://} with the client id behind it.
         *
         * @param uri for example {@code api://contoso.example/orders}
         * @return this
         */
        public Builder identifierUri(String uri) {
            identifierUris.add(Objects.requireNonNull(uri));
            return this;
        }

        /**
         * Sets how long tokens live.
         *
         * @param lifetime 3599 seconds unless given
         * @return this
         */
        public Builder tokenLifetime(Duration lifetime) {
            this.tokenLifetime = Objects.requireNonNull(lifetime);
            return this;
        }

        /**
         * Sets {@code refresh_in} of the answers.
         *
         * @param refreshIn absent unless given
         * @return this
         */
        public Builder refreshIn(Duration refreshIn) {
            this.refreshIn = Objects.requireNonNull(refreshIn);
            return this;
        }

        /**
         * Disables the application: whatever it proves itself by, it gets no token.
         *
         * @return this
         */
        public Builder disabled() {
            this.disabled = true;
            return this;
        }

        /**
         * Makes the application.
         *
         * @return a new value
         */
        public Application build() {
            return new Application(this);
        }
    }
}
