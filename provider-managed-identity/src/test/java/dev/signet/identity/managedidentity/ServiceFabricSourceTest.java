// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.testkit.CertificateAuthority;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.ServiceFabricEndpoint;
import dev.signet.identity.testkit.TestContext;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceFabricSourceTest extends CloudFixture {
    private final ServiceFabricEndpoint fabric = cloud.serviceFabric();

    @ParameterizedTest(name = "S19 pin {0}")
    @ValueSource(
            strings = {"0123456789012345678901234567890123456789a", "012345678901234567890123456789012345678", "zz"})
    void getToken_malformedPin_failsBeforeConnecting(String pin) {
        Expect.FAILED_FAILED.check(failure(direct(on(fabric).env("IDENTITY_SERVER_THUMBPRINT", pin))));

        assertEquals(0, fabric.connections());
    }

    @Test
    @DisplayName("S19 http endpoint")
    void getToken_httpEndpoint_failsBeforeConnecting() {
        String http = fabric.uri().toString().replace("https:", "http:");

        Expect.FAILED_FAILED.check(failure(direct(on(fabric).env("IDENTITY_ENDPOINT", http))));

        assertEquals(0, fabric.connections());
    }

    @Test
    @DisplayName("S20 wrong pin: the server never sees the secret, and nothing is tried again")
    void getToken_wrongPin_fails() {
        TestContext context = on(fabric).env("IDENTITY_SERVER_THUMBPRINT", "00".repeat(20));

        ClientAuthenticationException failure = failure(direct(context));

        Expect.FAILED_FAILED.check(failure);
        assertTrue(failure.getMessage().contains("IDENTITY_SERVER_THUMBPRINT"), failure::getMessage);
        assertEquals(0, count(fabric));
        assertEquals(1, fabric.connections());
        cloud.allowViolations();
    }

    @Test
    @DisplayName("S20 the pin of the issuer is not the pin of the leaf")
    void getToken_issuerPin_fails() {
        fabric.useIssuedCertificate(CertificateAuthority.create("cluster CA"));
        TestContext context = on(fabric).env("IDENTITY_SERVER_THUMBPRINT", fabric.issuerThumbprint());

        Expect.FAILED_FAILED.check(failure(direct(context)));

        assertEquals(0, count(fabric));
        cloud.allowViolations();
    }

    @Test
    @DisplayName("S21 pin in upper case with colons")
    void getToken_pinWithColons_matches() {
        String pin = fabric.thumbprint().toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");

        direct(on(fabric).env("IDENTITY_SERVER_THUMBPRINT", pin)).getToken(REQUEST);

        assertEquals(1, count(fabric));
    }

    @Test
    @DisplayName("K10 claims with a cached token")
    void getToken_claimsAndCachedToken_sendsHashAndCapabilities() {
        fabric.enqueue(ok("test_token"), ok("other"));
        ManagedIdentityCredential credential = ManagedIdentityCredential.builder()
                .context(on(fabric))
                .clientCapabilities(List.of("cp1", "cp2"))
                .build();
        credential.getToken(REQUEST);

        credential.getToken(REQUEST.withClaims("{\"access_token\":{}}"));

        RecordedRequest request = fabric.lastRequest();
        assertEquals(
                "cc0af97287543b65da2c7e1476426021826cab166f1e063ed012b855ff819656",
                request.query("token_sha256_to_refresh").orElseThrow());
        assertTrue(request.rawQuery().orElseThrow().contains("xms_cc=cp1%2Ccp2"));
        assertTrue(request.query("claims").isEmpty());
    }

    @Test
    @DisplayName("K11 claims without a cached token")
    void getToken_claimsAndEmptyCache_sendsNoHash() {
        direct(on(fabric)).getToken(REQUEST.withClaims("{\"access_token\":{}}"));

        assertTrue(fabric.lastRequest().query("token_sha256_to_refresh").isEmpty());
        assertTrue(fabric.lastRequest().query("xms_cc").isEmpty());
    }

    @Test
    @DisplayName("T5 Service Fabric 404 is not tried again")
    void getToken_notFound_failsAtOnce() {
        fabric.always(Reply.json(404, "{\"error\":{\"code\":\"ManagedIdentityNotFound\",\"message\":\"gone\"}}"));

        Expect.FAILED_FAILED.check(failure(direct(on(fabric))));

        assertEquals(1, count(fabric));
    }

    @Test
    @DisplayName("T6 Service Fabric 500 is tried again")
    void getToken_serverError_isRetried() {
        fabric.enqueue(Reply.status(500), ok("T"));

        assertEquals("T", direct(on(fabric)).getToken(REQUEST).token());
    }

    @Test
    void pinnedCertificate_clients_areNotTrusted() {
        PinnedCertificate pin = PinnedCertificate.parse("00".repeat(20));
        X509Certificate[] none = {};

        assertThrows(CertificateException.class, () -> pin.checkClientTrusted(none, "RSA"));
        assertThrows(CertificateException.class, () -> pin.checkServerTrusted(none, "RSA"));
        assertEquals(0, pin.getAcceptedIssuers().length);
    }
}
