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
        return isLoopback(name) || isAddress(name) && name.startsWith("169.254.") || isLinkLocal(name);
    }

    /**
     * Whether a host is written as this machine's own address.
     *
     * @param host a host as it stands in a URI
     * @return true for {@code localhost} and names below it, 127.0.0.0/8 and ::1
     */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || isAddress(name) && name.startsWith("127.")
                || name.equals("[::1]");
    }

    /** fe80::/10: the first group has all four digits and starts with fe8, fe9, fea or feb. */
    private static boolean isLinkLocal(String name) {
        return name.startsWith("[fe") && name.indexOf(':') == 5 && "89ab".indexOf(name.charAt(3)) >= 0;
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
