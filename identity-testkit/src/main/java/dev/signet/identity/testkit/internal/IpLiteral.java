// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Tells IP literals from DNS names without asking the resolver. */
final class IpLiteral {
    private IpLiteral() {}

    static byte @Nullable [] parse(String host) {
        boolean literal = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        if (!literal) {
            return null;
        }
        try {
            return InetAddress.getByName(host).getAddress();
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("not an IP literal: " + host, malformed);
        }
    }
}
