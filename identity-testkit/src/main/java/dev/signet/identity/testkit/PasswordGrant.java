// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.Secret;
import java.util.Optional;
import java.util.Set;

/** A user's name and password (RFC 6749 section 4.3). */
final class PasswordGrant implements Grant {
    private final SignIns signIns;
    private final UserGrants users;

    PasswordGrant(SignIns signIns, UserGrants users) {
        this.signIns = signIns;
        this.users = users;
    }

    @Override
    public String type() {
        return "password";
    }

    @Override
    public Set<String> parameters() {
        return Set.of("username", "password");
    }

    @Override
    public boolean confidential() {
        return false;
    }

    @Override
    public Reply redeem(TokenCall call) {
        EntraError unproved = UserGrants.refusal(call);
        if (unproved != null) {
            return call.refuse(unproved);
        }
        String name = call.field("username");
        Optional<User> user = signIns.find(name);
        if (user.isEmpty()) {
            return call.refuse(EntraError.badRequest(
                    "invalid_grant",
                    50034,
                    "The user account " + name + " does not exist in the " + call.tenantId() + " directory."));
        }
        Optional<Secret> password = user.get().password();
        if (password.isEmpty() || !password.get().reveal().equals(call.field("password"))) {
            return call.refuse(EntraError.badRequest(
                    "invalid_grant", 50126, "Error validating credentials due to invalid username or password."));
        }
        return users.answer(call, user.get(), null);
    }
}
