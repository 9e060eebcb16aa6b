// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import java.util.Locale;
import java.util.Optional;

/** The scope of Azure's resource manager in each cloud, for a sign-in that is not for anything in particular yet. */
final class ManagementScope {
    private ManagementScope() {}

    /** The double slash is the resource's own. */
    static Optional<String> of(String authorityHost) {
        return switch (authorityHost.toLowerCase(Locale.ROOT)) {
            case "login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net" ->
                Optional.of("https://management.core.windows.net//.default");
            case "login.chinacloudapi.cn", "login.partner.microsoftonline.cn" ->
                Optional.of("https://management.core.chinacloudapi.cn//.default");
            case "login.microsoftonline.us", "login.usgovcloudapi.net" ->
                Optional.of("https://management.core.usgovcloudapi.net//.default");
            default -> Optional.empty();
        };
    }
}
