// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Sign-in hosts that are one and the same cloud: what was cached under one name is found under the others. */
public final class CloudHosts {
    private static final List<Set<String>> CLOUDS = List.of(
            Set.of("login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"),
            Set.of("login.partner.microsoftonline.cn", "login.chinacloudapi.cn"),
            Set.of("login.microsoftonline.us", "login.usgovcloudapi.net"));

    private CloudHosts() {}

    /**
     * All names of a host.
     *
     * @param host a host name, in any case
     * @return names in lower case, this one among them
     */
    public static Set<String> aliases(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        for (Set<String> cloud : CLOUDS) {
            if (cloud.contains(name)) {
                return cloud;
            }
        }
        return Set.of(name);
    }
}
