// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.ITenantProfile;
import java.util.Map;

/** An account as MSAL looks one up: by home account id and environment. */
record MsalAccount(String homeAccountId, String environment, String username) implements IAccount {
    private static final long serialVersionUID = 1L;

    @Override
    public Map<String, ITenantProfile> getTenantProfiles() {
        return Map.of();
    }
}
