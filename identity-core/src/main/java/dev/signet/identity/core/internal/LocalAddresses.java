// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import java.util.Locale;

/** Tells addresses that only exist on this machine or its link, so that no proxy can serve them. */
public final class LocalAddresses {
    private LocalAddresses() {}

    /**
     * Whether a host is written as a loopback or link-local address. Names are not looked up.
     *
     * @param host a host as it stands in a URI
     * @return true for {@code localhost}, 127.0.0.0/8, 169.254.0.0/16, ::1 and fe80::/10
     */
    public static boolean isLocal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || isAddress(name) && (name.startsWith("127.") || name.startsWith("169.254."))
                || name.equals("[::1]")
                || name.startsWith("[fe8")
                || name.startsWith("[fe9")
                || name.startsWith("[fea")
                || name.startsWith("[feb");
    }

    private static boolean isAddress(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
