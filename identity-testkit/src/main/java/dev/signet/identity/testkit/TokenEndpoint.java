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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The token endpoint: tenants, applications and the grants by which tokens are had. */
final class TokenEndpoint {
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9.-]+");
    private static final Set<String> COMMON = Set.of("grant_type", "client_id", "scope", "claims", "client_info");

    private final TokenIssuer issuer;
    private final Map<String, String> tenants = new ConcurrentHashMap<>();
    private final Map<String, Application> applications = new ConcurrentHashMap<>();
    private final UsedAssertions used = new UsedAssertions();
    private final Users users = new Users();
    private final List<Grant> grants =
            new CopyOnWriteArrayList<>(List.of(new ClientCredentialsGrant(), new OnBehalfOfGrant(users)));

    TokenEndpoint(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    void addTenant(String tenantId, String alias) {
        tenants.put(alias.toLowerCase(Locale.ROOT), tenantId);
    }

    void add(Application application) {
        applications.put(key(application.tenantId(), application.clientId()), application);
    }

    void add(User user) {
        users.add(user);
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

    void check(RecordedRequest request, TokenAddress address, RequestCheck check) {
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
        if (grant != null) {
            grant.check(request, check);
        }
        check.present("form", request.form(), "grant_type");
        check.present("form", request.form(), "client_id");
        check.problem(
                address.regional() && !(grant instanceof ClientCredentialsGrant),
                "is for a regional host, which serves client_credentials only");
        ClientAuthentication.check(request, address, check);
        check.problem(
                ownAssertion(request)
                        .filter(id -> used.contains(clientId(request), id))
                        .isPresent(),
                "assertion was sent before");
    }

    private static String clientId(RecordedRequest request) {
        return request.form("client_id").orElse("");
    }

    /** The id of the assertion that the application signed itself, where the request has one. */
    private static Optional<String> ownAssertion(RecordedRequest request) {
        CertificateAssertion own = CertificateAssertion.read(request);
        return own == null || own.id().isBlank() ? Optional.empty() : Optional.of(own.id());
    }

    /** The request was answered once and for all. */
    void settled(RecordedRequest request) {
        ownAssertion(request).ifPresent(id -> used.add(clientId(request), id));
    }

    void forgetAssertions() {
        used.clear();
    }

    Reply answer(RecordedRequest request, TokenAddress address) {
        String tenantId = tenant(address.tenant());
        Application application = tenantId == null ? null : applications.get(key(tenantId, clientId(request)));
        Grant grant = grant(request);
        EntraError refusal = refusal(request, address.tenant());
        if (refusal != null || tenantId == null || application == null || grant == null) {
            return (refusal == null ? unknown(request, tenantId) : refusal).reply(request, issuer.now());
        }
        TokenCall call = new TokenCall(request, address, application, tenantId, issuer);
        refusal = application.disabled() ? disabled(application) : null;
        if (refusal == null && grant.confidential()) {
            refusal = ClientAuthentication.refusal(call);
        }
        if (refusal == null && call.claims() == null) {
            refusal = EntraError.malformed("claims");
        }
        return refusal == null ? grant.redeem(call) : call.refuse(refusal);
    }

    /** What is wrong with a request whoever sent it, or null. */
    private @Nullable EntraError refusal(RecordedRequest request, String tenantAlias) {
        if (!request.method().equals("POST")) {
            return EntraError.of(900561)
                    .text("The endpoint only accepts POST requests. Received a " + request.method() + " request.");
        }
        if (!TENANT.matcher(tenantAlias).matches()) {
            return EntraError.of(900023)
                    .text("Specified tenant identifier '" + tenantAlias + "' is neither a valid DNS name, nor a valid"
                            + " external domain.");
        }
        if (tenant(tenantAlias) == null) {
            return EntraError.of(90002)
                    .text("Tenant '" + tenantAlias + "' not found. Check to make sure you have the correct tenant ID"
                            + " and are signing into the correct cloud.");
        }
        if (request.form("grant_type").isEmpty()) {
            return EntraError.missing("grant_type");
        }
        if (grant(request) == null) {
            return EntraError.of(70003);
        }
        return clientId(request).isEmpty() ? EntraError.missing("client_id") : null;
    }

    private static EntraError unknown(RecordedRequest request, @Nullable String tenantId) {
        return EntraError.of(700016)
                .text("Application with identifier '" + clientId(request) + "' was not found in the directory '"
                        + tenantId + "'. This can happen if the application has not been installed by the"
                        + " administrator of the tenant or consented to by any user in the tenant.");
    }

    private static EntraError disabled(Application application) {
        return EntraError.of(7000112).text("Application '" + application.clientId() + "' is disabled.");
    }
}
