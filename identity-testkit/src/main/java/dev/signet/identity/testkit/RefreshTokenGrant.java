// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.Set;

/** A refresh token of an earlier sign-in (RFC 6749 section 6). */
final class RefreshTokenGrant implements Grant {
    private final SignIns signIns;
    private final UserGrants users;

    RefreshTokenGrant(SignIns signIns, UserGrants users) {
        this.signIns = signIns;
        this.users = users;
    }

    @Override
    public String type() {
        return "refresh_token";
    }

    @Override
    public Set<String> parameters() {
        return Set.of("refresh_token");
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
        SignIns.RefreshRight right =
                signIns.refreshRight(call.field("refresh_token")).orElse(null);
        if (right == null || !users.mayRefresh(right, call.application().clientId())) {
            return call.refuse(EntraError.badRequest(
                    "invalid_grant", 700082, "The refresh token has expired, was revoked or is another client's."));
        }
        return users.answer(call, right.user(), null);
    }
}
