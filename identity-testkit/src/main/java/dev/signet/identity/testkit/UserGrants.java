// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The grants that speak for a user who signed in, and the answer that they have in common. */
final class UserGrants {
    /** Microsoft's applications for developers; they share refresh tokens. */
    private static final Set<String> FAMILY =
            Set.of("04b07795-8ddb-461a-bbee-02f9e1bf7b46", "aebc6443-996d-45c2-90f0-388ff96faa56");

    private static final Set<String> ANY_TENANT = Set.of("common", "organizations", "consumers");

    private final SignIns signIns;

    UserGrants(SignIns signIns) {
        this.signIns = signIns;
    }

    List<Grant> all() {
        return List.of(
                new AuthorizationCodeGrant(signIns, this),
                new RefreshTokenGrant(signIns, this),
                new PasswordGrant(signIns, this),
                new DeviceCodeGrant("device_code", signIns, this),
                new DeviceCodeGrant("urn:ietf:params:oauth:grant-type:device_code", signIns, this));
    }

    /** The tenant that a request is for: the one in its address, or that of the user it speaks for. */
    String tenant(RecordedRequest request, String alias) {
        String grant = request.form("grant_type").orElse("");
        boolean anybodys = ANY_TENANT.contains(alias.toLowerCase(Locale.ROOT));
        return anybodys && all().stream().anyMatch(known -> known.type().equals(grant))
                ? user(request).map(User::tenantId).orElse(EmbeddedAuthority.DEFAULT_TENANT)
                : alias;
    }

    private Optional<User> user(RecordedRequest request) {
        return signIns.lookAt(request.form("code").orElse(""))
                .map(RedeemableCode::user)
                .or(() -> signIns.refreshRight(request.form("refresh_token").orElse(""))
                        .map(SignIns.RefreshRight::user))
                .or(() -> signIns.byDeviceCode(request.form("device_code").orElse(""))
                        .flatMap(device -> Optional.ofNullable(device.user())))
                .or(() -> signIns.find(request.form("username").orElse("")));
    }

    /** Why an application may not ask for a user, or null: one with a secret must prove itself, a public one cannot. */
    static @Nullable EntraError refusal(TokenCall call) {
        boolean proof = !call.field("client_secret").isEmpty()
                || !call.field("client_assertion").isEmpty();
        Application application = call.application();
        boolean confidential = !application.secrets().isEmpty()
                || !application.federatedCredentials().isEmpty();
        if (proof) {
            return ClientAuthentication.refusal(call);
        }
        return confidential
                ? EntraError.invalidClient(
                        7000218,
                        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
                : null;
    }

    /** Answers with tokens of a user. */
    Reply answer(TokenCall call, User user, @Nullable String nonce) {
        SignInScopes scopes = SignInScopes.parse(call.field("scope"));
        String resource = scopes.resource();
        if (resource == null) {
            return call.refuse(EntraError.badRequest(
                    "invalid_scope",
                    28000,
                    "Provided value for the input parameter scope is not valid because it"
                            + " contains more than one resource."));
        }
        if (!call.issuer().knows(resource)) {
            return call.refuse(EntraError.badRequest(
                    "invalid_resource",
                    500011,
                    "The resource principal named " + resource + " was not found in the tenant named " + call.tenantId()
                            + "."));
        }
        String clientId = call.application().clientId();
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("appid", clientId);
        subject.put("idtyp", "user");
        subject.put("oid", user.objectId());
        subject.put("sub", user.objectId());
        subject.put("upn", user.userName());
        subject.put("scp", scopes.granted());
        Map<String, Object> body = call.body(resource, subject);
        body.put("scope", scopes.answered());
        boolean family = FAMILY.contains(clientId);
        if (scopes.added().contains("offline_access")) {
            body.put("refresh_token", signIns.refreshToken(new SignIns.RefreshRight(user, clientId, family)));
        }
        if (family) {
            body.put("foci", "1");
        }
        if (scopes.added().contains("openid")) {
            body.put("id_token", idToken(call, user, nonce));
        }
        if (call.field("client_info").equals("1")) {
            body.put("client_info", clientInfo(user));
        }
        return Reply.json(200, Json.write(body));
    }

    private static String idToken(TokenCall call, User user, @Nullable String nonce) {
        long now = call.issuer().now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", call.application().clientId());
        claims.put("iss", call.issuer().issuer(call.tenantId()));
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + call.application().tokenLifetime().toSeconds());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        claims.put("oid", user.objectId());
        claims.put("sub", user.objectId());
        claims.put("tid", call.tenantId());
        claims.put("preferred_username", user.userName());
        claims.put("name", user.userName());
        claims.put("ver", "2.0");
        return JwtSigner.sign(claims);
    }

    private static String clientInfo(User user) {
        Map<String, Object> ids = new LinkedHashMap<>();
        ids.put("uid", user.objectId());
        ids.put("utid", user.tenantId());
        byte[] json = Json.write(ids).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    boolean mayRefresh(SignIns.RefreshRight right, String clientId) {
        return right.clientId().equalsIgnoreCase(clientId) || right.family() && FAMILY.contains(clientId);
    }
}
