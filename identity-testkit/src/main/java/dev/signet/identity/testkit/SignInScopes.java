// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a sign-in: permissions at one resource, and what OpenID Connect adds.
 *
 * @param permissions those at resources, in full
 * @param added those of {@code openid}, {@code profile}, {@code email} and {@code offline_access} that are wanted
 */
record SignInScopes(Set<String> permissions, Set<String> added) {
    private static final Set<String> OPEN_ID = Set.of("openid", "profile", "email", "offline_access");
    private static final String GRAPH = "https://graph.microsoft.com";

    static SignInScopes parse(String text) {
        SignInScopes scopes = new SignInScopes(new LinkedHashSet<>(), new LinkedHashSet<>());
        for (String scope : text.strip().split(" +", -1)) {
            if (OPEN_ID.contains(scope)) {
                scopes.added.add(scope);
            } else if (!scope.isEmpty()) {
                scopes.permissions.add(scope);
            }
        }
        return scopes;
    }

    /** The resource that all permissions are at; null where they are at several. Without any it is Microsoft Graph. */
    @Nullable
    String resource() {
        Set<String> resources = new LinkedHashSet<>();
        for (String permission : permissions) {
            int slash = permission.lastIndexOf('/');
            resources.add(slash < 0 ? GRAPH : permission.substring(0, slash));
        }
        return resources.isEmpty()
                ? GRAPH
                : resources.size() > 1 ? null : resources.iterator().next();
    }

    /** What the token says in {@code scp}. */
    String granted() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (String permission : permissions) {
            String name = permission.substring(permission.lastIndexOf('/') + 1);
            names.add(name.equals(".default") ? "user_impersonation" : name);
        }
        return String.join(" ", names);
    }

    /** What the answer says in {@code scope}. */
    String answered() {
        LinkedHashSet<String> all = new LinkedHashSet<>(permissions);
        all.addAll(added);
        all.remove("offline_access");
        return String.join(" ", all);
    }
}
