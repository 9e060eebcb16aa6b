// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Jwt;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An application asks for the user whose token it was given: the on-behalf-of flow (RFC 7523 section 2.1). */
final class OnBehalfOfGrant implements Grant {
    private static final String USE = "on_behalf_of";

    private final Users users;

    OnBehalfOfGrant(Users users) {
        this.users = users;
    }

    @Override
    public String type() {
        return "urn:ietf:params:oauth:grant-type:jwt-bearer";
    }

    @Override
    public Set<String> parameters() {
        return Set.of("assertion", "requested_token_use");
    }

    @Override
    public boolean confidential() {
        return true;
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        check.present("form", request.form(), "assertion")
                .problem(
                        !request.form("requested_token_use").orElse("").equals(USE),
                        "form has no requested_token_use on_behalf_of");
    }

    @Override
    public Reply redeem(TokenCall call) {
        if (call.field("assertion").isEmpty()) {
            return call.refuse(EntraError.missing("assertion"));
        }
        if (!call.field("requested_token_use").equals(USE)) {
            return call.refuse(EntraError.malformed("requested_token_use"));
        }
        Jwt assertion = Jwt.parse(call.field("assertion"));
        UserScopes scopes = UserScopes.parse(call.field("scope"));
        EntraError refusal = assertion == null ? EntraError.of(50013) : refusal(call, assertion);
        if (refusal == null) {
            refusal = scopes.refusal(call);
        }
        if (refusal != null || assertion == null) {
            return call.refuse(refusal == null ? EntraError.of(50013) : refusal);
        }
        return users.find(call.tenantId(), assertion.text("oid"))
                .map(user -> UserAnswer.of(call, user, scopes))
                .orElseGet(() -> call.refuse(EntraError.of(50034)));
    }

    /** Why the user's token does not entitle the application to another one, or null. */
    private static @Nullable EntraError refusal(TokenCall call, Jwt assertion) {
        if (!JwtSigner.signed(assertion) || !assertion.text("tid").equals(call.tenantId())) {
            return EntraError.of(50013);
        }
        String audience = assertion.text("aud");
        if (!call.application().isCalled(audience)) {
            return EntraError.of(500131)
                    .text("Assertion audience does not match the Client app presenting the assertion. The audience in"
                            + " the assertion was '" + audience + "' and the expected audience is '"
                            + call.application().clientId() + "' or one of the Application Uris of this application.");
        }
        long now = call.issuer().now().getEpochSecond();
        if (!(assertion.claims().get("exp") instanceof Double end) || end <= now) {
            return EntraError.of(500133)
                    .text("Assertion is not within its valid time range. Current time: "
                            + call.issuer().now() + ".");
        }
        if (assertion.text("idtyp").equals("app")) {
            return EntraError.of(7000114)
                    .text("Application '" + call.application().clientId()
                            + "' is not allowed to make application on-behalf-of calls.");
        }
        return assertion.text("scp").isEmpty() ? EntraError.of(50013) : null;
    }
}
