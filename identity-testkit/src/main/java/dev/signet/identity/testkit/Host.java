// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all managed-identity endpoints share: identities, tokens and how a request selects one of them. */
final class Host {
    private static final Duration LIFETIME = Duration.ofHours(24);

    private final TokenIssuer issuer;
    private final ManagedIdentities identities = new ManagedIdentities();
    private final String header = UUID.randomUUID().toString();
    private volatile Duration lifetime = LIFETIME;

    Host(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    /** The value of the secret header of sources that have one. */
    String header() {
        return header;
    }

    ManagedIdentities identities() {
        return identities;
    }

    void tokenLifetime(Duration duration) {
        this.lifetime = duration;
    }

    void reset() {
        identities.reset();
        lifetime = LIFETIME;
    }

    boolean knows(String resource) {
        return issuer.knows(resource);
    }

    Instant expiry() {
        return issuer.now().plus(lifetime);
    }

    long lifetimeSeconds() {
        return lifetime.toSeconds();
    }

    long now() {
        return issuer.now().getEpochSecond();
    }

    /** The body that all sources have in common; the caller adds the expiry. */
    TokenBody token(ManagedIdentity identity, String resource) {
        Map<String, Object> subject = TokenIssuer.application(identity.clientId(), identity.objectId());
        subject.put("xms_mirid", identity.resourceId());
        return TokenBody.of(issuer.token(EmbeddedAuthority.DEFAULT_TENANT, resource, lifetime, subject))
                .withText("resource", resource);
    }

    /** The body with the strings that virtual machines give. */
    TokenBody machineToken(ManagedIdentity identity, String resource) {
        long now = now();
        return token(identity, resource)
                .withText("refresh_token", "")
                .with("expires_in", Json.write(Long.toString(lifetimeSeconds())))
                .with("ext_expires_in", Json.write(Long.toString(lifetimeSeconds())))
                .expiresOn(expiry(), ExpiryFormat.EPOCH_STRING)
                .with("not_before", Json.write(Long.toString(now)));
    }

    /** A user's token, as Cloud Shell gives it. */
    TokenBody userToken(String resource) {
        ManagedIdentity user = ManagedIdentity.named("cloud-shell-user");
        Map<String, Object> subject = TokenIssuer.application(user.clientId(), user.objectId());
        subject.put("idtyp", "user");
        subject.put("scp", "user_impersonation");
        String token = issuer.token(EmbeddedAuthority.DEFAULT_TENANT, resource, lifetime, subject);
        long now = now();
        return TokenBody.of(token)
                .withText("scope", "user_impersonation")
                .withText("resource", resource)
                .withText("refresh_token", "")
                .withText("expires_in", Long.toString(lifetimeSeconds()))
                .expiresOn(expiry(), ExpiryFormat.EPOCH_STRING)
                .withText("not_before", Long.toString(now));
    }

    /**
     * The identity that a request selects.
     *
     * @param client the name of the parameter for client ids, or null where the source has none
     */
    Optional<ManagedIdentity> select(
            RecordedRequest request, @Nullable String client, @Nullable String object, @Nullable String resource) {
        Optional<String> value = value(request, client);
        if (value.isPresent()) {
            return find(ManagedIdentity::clientId, value.get());
        }
        value = value(request, object);
        if (value.isPresent()) {
            return find(ManagedIdentity::objectId, value.get());
        }
        value = value(request, resource);
        return value.isPresent() ? find(ManagedIdentity::resourceId, value.get()) : identities.standard();
    }

    private Optional<ManagedIdentity> find(Function<ManagedIdentity, String> name, String value) {
        return identities.find(name, value);
    }

    private static Optional<String> value(RecordedRequest request, @Nullable String name) {
        return name == null ? Optional.empty() : request.query(name);
    }
}
