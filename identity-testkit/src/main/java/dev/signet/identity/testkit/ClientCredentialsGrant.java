// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An application asks for itself (RFC 6749 section 4.4). */
final class ClientCredentialsGrant implements Grant {
    static final String TYPE = "client_credentials";
    private static final String DEFAULT = "/.default";
    private static final Set<String> ADDED_BY_LIBRARIES = Set.of("openid", "profile", "offline_access");

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Set<String> parameters() {
        return Set.of();
    }

    @Override
    public boolean confidential() {
        return true;
    }

    @Override
    public Reply redeem(TokenCall call) {
        List<String> scopes =
                new ArrayList<>(List.of(call.field("scope").strip().split(" +")));
        scopes.removeAll(ADDED_BY_LIBRARIES);
        if (scopes.isEmpty() || scopes.get(0).isEmpty()) {
            return call.refuse(EntraError.missing("scope"));
        }
        String scope = scopes.get(0);
        if (scopes.size() > 1) {
            return call.refuse(EntraError.badRequest(
                    "invalid_scope",
                    70011,
                    "The provided request must include a 'scope' input parameter. The provided value for the input"
                            + " parameter 'scope' is not valid: more than one resource."));
        }
        if (!scope.endsWith(DEFAULT) || scope.length() == DEFAULT.length()) {
            return call.refuse(EntraError.badRequest(
                    "invalid_scope",
                    1002012,
                    "The provided value for scope " + scope + " is not valid. Client credential flows must have a"
                            + " scope value with /.default suffixed to the resource identifier (application ID URI)."));
        }
        String resource = scope.substring(0, scope.length() - DEFAULT.length());
        if (!call.issuer().knows(resource)) {
            return call.refuse(EntraError.badRequest(
                    "invalid_resource",
                    500011,
                    "The resource principal named " + resource + " was not found in the tenant named " + call.tenantId()
                            + "."));
        }
        Application application = call.application();
        return call.grant(resource, TokenIssuer.application(application.clientId(), application.objectId()));
    }
}
