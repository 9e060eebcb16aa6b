// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a request for a user's token: permissions at one resource, and what OpenID Connect adds.
 *
 * @param resources the resources that the scopes name; a request may name one
 * @param permissions what is wanted there, {@code .default} for everything that was consented to
 * @param added those of {@code openid}, {@code profile}, {@code email} and {@code offline_access} that are wanted
 */
record UserScopes(Set<String> resources, List<String> permissions, Set<String> added) {
    private static final Set<String> OPEN_ID = Set.of("openid", "profile", "email", "offline_access");
    private static final String GRAPH = "https://graph.microsoft.com";
    private static final String DEFAULT = ".default";

    static UserScopes parse(String text) {
        UserScopes scopes = new UserScopes(new LinkedHashSet<>(), new ArrayList<>(), new LinkedHashSet<>());
        for (String scope : text.strip().split(" +", -1)) {
            int slash = scope.lastIndexOf('/');
            if (OPEN_ID.contains(scope)) {
                scopes.added.add(scope);
            } else if (!scope.isEmpty()) {
                scopes.resources.add(slash < 0 ? GRAPH : scope.substring(0, slash));
                scopes.permissions.add(scope.substring(slash + 1));
            }
        }
        return scopes;
    }

    /** Why there can be no token for these scopes, or null. */
    @Nullable
    EntraError refusal(TokenCall call) {
        if (resources.isEmpty()) {
            return EntraError.missing("scope");
        }
        if (resources.size() > 1) {
            return EntraError.of(28000);
        }
        return call.issuer().knows(resource())
                ? null
                : EntraError.of(500011)
                        .text("The resource principal named " + resource() + " was not found in the tenant named "
                                + call.tenantId() + ".");
    }

    String resource() {
        return resources.iterator().next();
    }

    /** What the token says in {@code scp}. */
    String granted() {
        return permissions.contains(DEFAULT) ? "user_impersonation" : String.join(" ", permissions);
    }

    /** What the answer says in {@code scope}. */
    String answered() {
        List<String> full = new ArrayList<>();
        permissions.forEach(permission -> full.add(resource() + "/" + permission));
        return String.join(" ", full);
    }
}
