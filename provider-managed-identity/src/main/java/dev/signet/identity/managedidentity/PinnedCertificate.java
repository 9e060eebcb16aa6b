// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one server certificate, known by its SHA-1 thumbprint, and nothing else: neither its issuers nor its dates
 * nor its names count. SHA-1 is what the platform gives.
 */
final class PinnedCertificate extends X509ExtendedTrustManager {
    private static final int THUMBPRINT_DIGITS = 40;

    private final byte[] thumbprint;

    private PinnedCertificate(byte[] thumbprint) {
        this.thumbprint = thumbprint;
    }

    /** Reads 40 hexadecimal digits, with or without colons and blanks between them. */
    static PinnedCertificate parse(String text) {
        String digits = text.replace(":", "").replace(" ", "").strip();
        boolean hex = digits.length() == THUMBPRINT_DIGITS;
        for (int i = 0; hex && i < digits.length(); i++) {
            hex = HexFormat.isHexDigit(digits.charAt(i));
        }
        if (!hex) {
            throw Failures.rejected(
                    Variables.IDENTITY_SERVER_THUMBPRINT + " is not a SHA-1 thumbprint of 40 hexadecimal digits",
                    "Leave the variable as the cluster sets it.",
                    null);
        }
        return new PinnedCertificate(HexFormat.of().parseHex(digits));
    }

    /** Makes sockets that connect to the pinned server only. */
    SSLSocketFactory socketFactory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has TLS", impossible);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0 || !MessageDigest.isEqual(thumbprint, sha1(chain[0]))) {
            throw new CertificateException(
                    "the server's certificate does not match " + Variables.IDENTITY_SERVER_THUMBPRINT);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients are not trusted");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static byte[] sha1(X509Certificate certificate) throws CertificateException {
        try {
            return MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
