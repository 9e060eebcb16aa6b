// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The server's side of TLS: which certificate for which name, and which name was asked for. */
public final class ServerTls {
    private ServerTls() {}

    /**
     * A context that serves one identity, or another where SNI asks for it.
     *
     * @param standard for clients without SNI or with an unknown name
     * @param byName lower-case host names and their identities
     * @return a context for server sockets
     */
    public static SSLContext context(ServerIdentity standard, Map<String, ServerIdentity> byName) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Identities(standard, Map.copyOf(byName))}, null, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no TLS", missing);
        }
    }

    /** The name that the client asked for (RFC 6066 section 3), lower-case, or null. */
    static @Nullable String requestedName(SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(Locale.ROOT);
                }
            }
        }
        return null;
    }

    private static final class Identities extends X509ExtendedKeyManager {
        private static final String STANDARD = "*";
        private final ServerIdentity standard;
        private final Map<String, ServerIdentity> byName;

        Identities(ServerIdentity standard, Map<String, ServerIdentity> byName) {
            this.standard = standard;
            this.byName = byName;
        }

        private String aliasFor(@Nullable SSLSession session) {
            String name = session == null ? null : requestedName(session);
            return name != null && byName.containsKey(name) ? name : STANDARD;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return keyType.equals("EC") && socket instanceof SSLSocket tls ? aliasFor(tls.getHandshakeSession()) : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return keyType.equals("EC") && engine != null ? aliasFor(engine.getHandshakeSession()) : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            List<X509Certificate> chain = byName.getOrDefault(alias, standard).chain();
            return chain.toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return byName.getOrDefault(alias, standard).key();
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {STANDARD};
        }
    }
}
