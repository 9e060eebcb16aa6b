// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.ServerIdentity;
import dev.signet.identity.testkit.internal.ServerTls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;

/**
 * The certificates of a server on localhost: one for its addresses, and one for each further name, shown to clients
 * that ask for it in SNI. Thread-safe.
 */
final class ServerNames {
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "::1");

    private final CertificateAuthority authority;
    private final ServerIdentity standard;
    private final Lock lock = new ReentrantLock();
    private final Map<String, ServerIdentity> byName = new LinkedHashMap<>();
    private volatile SSLContext tls;

    ServerNames(CertificateAuthority authority) {
        this.authority = authority;
        this.standard = authority.issue(HOSTS);
        this.tls = ServerTls.context(standard, byName);
    }

    CertificateAuthority authority() {
        return authority;
    }

    /** For connections from now on. */
    SSLContext tls() {
        return tls;
    }

    /** Has a certificate for a name from the next connection on. */
    void serve(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        lock.lock();
        try {
            if (!byName.containsKey(key)) {
                byName.put(key, authority.issue(List.of(key)));
                tls = ServerTls.context(standard, byName);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same names with certificates of another authority. */
    ServerNames under(CertificateAuthority other) {
        ServerNames names = new ServerNames(other);
        lock.lock();
        try {
            byName.keySet().forEach(names::serve);
            return names;
        } finally {
            lock.unlock();
        }
    }
}
