// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.Instant;
import java.util.Set;

/** A device that asks whether its user has signed in elsewhere (RFC 8628 section 3.4). */
final class DeviceCodeGrant implements Grant {
    private final String type;
    private final SignIns signIns;
    private final UserGrants users;

    /** Under the standard's name of the grant, or under the one that Microsoft's libraries use. */
    DeviceCodeGrant(String type, SignIns signIns, UserGrants users) {
        this.type = type;
        this.signIns = signIns;
        this.users = users;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Set<String> parameters() {
        return Set.of("device_code", "code");
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
        DeviceSignIn device = signIns.byDeviceCode(call.field("device_code")).orElse(null);
        if (device == null
                || !device.clientId().equalsIgnoreCase(call.application().clientId())) {
            return call.refuse(EntraError.badRequest(
                    "bad_verification_code", 70018, "The provided value for the device code is not valid."));
        }
        Instant now = call.issuer().now();
        if (!device.patient(now)) {
            return call.refuse(EntraError.badRequest("slow_down", 70016, "The client asks too often."));
        }
        EntraError refusal = device.refusal(now);
        User user = device.user();
        if (refusal != null || user == null) {
            return call.refuse(refusal == null ? EntraError.malformed("device_code") : refusal);
        }
        device.redeemed();
        return users.answer(call, user, null);
    }
}
