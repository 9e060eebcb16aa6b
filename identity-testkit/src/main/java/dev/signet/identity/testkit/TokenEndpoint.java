// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The token endpoint: tenants, applications and the grants by which tokens are had. */
final class TokenEndpoint {
    private static final Set<String> COMMON = Set.of("grant_type", "client_id", "scope", "claims", "client_info");

    private final TokenIssuer issuer;
    private final Map<String, String> tenants = new ConcurrentHashMap<>();
    private final Map<String, Application> applications = new ConcurrentHashMap<>();
    private final List<Grant> grants = new CopyOnWriteArrayList<>(List.of(new ClientCredentialsGrant()));

    TokenEndpoint(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    void addTenant(String tenantId, String alias) {
        tenants.put(alias.toLowerCase(Locale.ROOT), tenantId);
    }

    void add(Application application) {
        applications.put(key(application.tenantId(), application.clientId()), application);
    }

    void add(List<Grant> more) {
        grants.addAll(more);
    }

    /** Whether an application is known in a tenant; without a tenant, in any. */
    boolean isRegistered(String clientId, @Nullable String tenantId) {
        return application(clientId, tenantId).isPresent();
    }

    /** Whether an application has something to prove itself by, and so must. */
    boolean isConfidential(String clientId, @Nullable String tenantId) {
        return application(clientId, tenantId)
                .filter(known -> !known.secrets().isEmpty()
                        || !known.federatedCredentials().isEmpty())
                .isPresent();
    }

    private Optional<Application> application(String clientId, @Nullable String tenantId) {
        return applications.values().stream()
                .filter(known -> known.clientId().equalsIgnoreCase(clientId))
                .filter(known -> tenantId == null || known.tenantId().equalsIgnoreCase(tenantId))
                .findFirst();
    }

    @Nullable
    String tenant(String alias) {
        return tenants.get(alias.toLowerCase(Locale.ROOT));
    }

    private static String key(String tenantId, String clientId) {
        return (tenantId + " " + clientId).toLowerCase(Locale.ROOT);
    }

    private @Nullable Grant grant(RecordedRequest request) {
        String type = request.form("grant_type").orElse("");
        for (Grant grant : grants) {
            if (grant.type().equals(type)) {
                return grant;
            }
        }
        return null;
    }

    void check(RecordedRequest request, RequestCheck check) {
        check.query();
        Set<String> allowed = new HashSet<>(COMMON);
        allowed.addAll(ClientAuthentication.PARAMETERS);
        Grant grant = grant(request);
        if (grant != null) {
            allowed.addAll(grant.parameters());
        }
        for (String name : request.form().keySet()) {
            // the telemetry that the JavaScript libraries send in the body
            if (name.startsWith("x-client-") || name.equals("client-request-id")) {
                allowed.add(name);
            }
        }
        check.form(allowed.toArray(new String[0]));
        check.present("form", request.form(), "grant_type");
        check.present("form", request.form(), "client_id");
        ClientAuthentication.check(request, check);
    }

    Reply answer(RecordedRequest request, String tenantAlias) {
        EntraError refusal = null;
        String tenantId = tenant(tenantAlias);
        String clientId = request.form("client_id").orElse("");
        Grant grant = grant(request);
        Application application = tenantId == null ? null : applications.get(key(tenantId, clientId));
        if (!request.method().equals("POST")) {
            refusal = EntraError.badRequest(
                    "invalid_request",
                    900561,
                    "The endpoint only accepts POST requests. Received a " + request.method() + " request.");
        } else if (tenantId == null) {
            refusal = EntraError.badRequest(
                    "invalid_request",
                    90002,
                    "Tenant '" + tenantAlias + "' not found. Check to make sure you have the correct tenant ID and are"
                            + " signing into the correct cloud.");
        } else if (request.form("grant_type").isEmpty()) {
            refusal = EntraError.missing("grant_type");
        } else if (grant == null) {
            refusal = EntraError.badRequest(
                    "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        } else if (clientId.isEmpty()) {
            refusal = EntraError.missing("client_id");
        } else if (application == null) {
            refusal = EntraError.badRequest(
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + clientId + "' was not found in the directory '" + tenantId
                            + "'. This can happen if the application has not been installed by the administrator of the"
                            + " tenant or consented to by any user in the tenant.");
        }
        if (refusal != null || grant == null || application == null || tenantId == null) {
            return (refusal == null ? EntraError.malformed("request") : refusal).reply(request, issuer.now());
        }
        TokenCall call = new TokenCall(request, application, tenantId, issuer);
        refusal = grant.confidential() ? ClientAuthentication.refusal(call) : null;
        if (refusal == null && call.claims() == null) {
            refusal = EntraError.malformed("claims");
        }
        return refusal == null ? grant.redeem(call) : call.refuse(refusal);
    }
}
