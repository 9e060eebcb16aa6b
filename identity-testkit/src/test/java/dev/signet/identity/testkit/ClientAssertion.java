// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A client assertion as the specification has it, every part of which a test can spoil. */
final class ClientAssertion {
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    final Map<String, Object> header = new LinkedHashMap<>();
    final Map<String, Object> claims = new LinkedHashMap<>();
    private PrivateKey key;

    ClientAssertion(TestCertificate certificate, String clientId, String audience, Instant now) {
        header.put("alg", "PS256");
        header.put("typ", "JWT");
        header.put("x5t#S256", certificate.thumbprint());
        claims.put("aud", audience);
        claims.put("iss", clientId);
        claims.put("sub", clientId);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 600);
        key = certificate.privateKey();
    }

    ClientAssertion signedBy(PrivateKey other) {
        key = other;
        return this;
    }

    ClientAssertion chain(List<X509Certificate> chain) throws GeneralSecurityException {
        Object[] encoded = new Object[chain.size()];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = Base64.getEncoder().encodeToString(chain.get(i).getEncoded());
        }
        header.put("x5c", List.of(encoded));
        return this;
    }

    String sign() throws GeneralSecurityException {
        String content = encode(header) + "." + encode(claims);
        Signature signature;
        if ("PS256".equals(header.get("alg"))) {
            signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        } else {
            signature = Signature.getInstance("SHA256withRSA");
        }
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + BASE64_URL.encodeToString(signature.sign());
    }

    private static String encode(Map<String, Object> part) {
        return BASE64_URL.encodeToString(Json.write(part).getBytes(StandardCharsets.UTF_8));
    }
}
