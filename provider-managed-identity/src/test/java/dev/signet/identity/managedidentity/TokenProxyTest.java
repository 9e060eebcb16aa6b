// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.managedidentity.internal.WorkloadIdentityCredentialProvider;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.TokenProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenProxyTest extends PodFixture {
    private static final String PROXY = "AZURE_KUBERNETES_TOKEN_PROXY";
    private static final String SNI = "AZURE_KUBERNETES_SNI_NAME";
    private static final String CA_FILE = "AZURE_KUBERNETES_CA_FILE";
    private static final String CA_DATA = "AZURE_KUBERNETES_CA_DATA";

    private final TokenProxy proxy = cloud.tokenProxy();

    @ParameterizedTest(name = "I1 {0}: variables are not looked at")
    @ValueSource(strings = {"switch off", "provider", "managed identity"})
    void getToken_switchOff_asksAuthority(String how) {
        TestContext context = bound(PROXY, "garbage", CA_FILE, "/nowhere", CA_DATA, "garbage");

        switch (how) {
            case "switch off" -> workload(context).getToken(REQUEST);
            case "provider" ->
                new WorkloadIdentityCredentialProvider().create(context).getToken(REQUEST);
            default -> direct(context).getToken(REQUEST);
        }

        assertEquals(1, requests());
    }

    @Test
    @DisplayName("I2 switch on, no variable set: ordinary flow")
    void getToken_noVariables_asksAuthority() {
        through(pod).getToken(REQUEST);

        assertEquals(1, requests());
        assertEquals(0, proxy.connections());
    }

    @ParameterizedTest(name = "I3 {0}")
    @ValueSource(
            strings = {
                "only SNI",
                "only CA_FILE",
                "only CA_DATA",
                "both CA",
                "CA_DATA no PEM",
                "CA_FILE empty",
                "CA_FILE missing"
            })
    void build_contradictoryVariables_isRefused(String what) throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));
        String address = proxy.uri().toString();
        TestContext context =
                switch (what) {
                    case "only SNI" -> bound(SNI, "name");
                    case "only CA_FILE" -> bound(CA_FILE, caFile().toString());
                    case "only CA_DATA" -> bound(CA_DATA, proxy.caPem());
                    case "both CA" -> bound(PROXY, address, CA_FILE, caFile().toString(), CA_DATA, proxy.caPem());
                    case "CA_DATA no PEM" -> bound(PROXY, address, CA_DATA, "no PEM");
                    case "CA_FILE empty" -> bound(PROXY, address, CA_FILE, empty.toString());
                    default ->
                        bound(
                                PROXY,
                                address,
                                CA_FILE,
                                directory.resolve("missing").toString());
                };

        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> through(context));

        assertTrue(failure.getMessage().contains("AZURE_KUBERNETES_"), failure::getMessage);
    }

    @ParameterizedTest(name = "I4 {0}")
    @ValueSource(
            strings = {
                "http://p",
                "https://u@p",
                "https://p?",
                "https://p?a=b",
                "https://p#f",
                "https://",
                "not a uri",
                "p"
            })
    void build_malformedProxy_isRefused(String address) {
        TestContext context = bound(PROXY, address);

        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> through(context));

        assertTrue(failure.getMessage().startsWith(PROXY), failure::getMessage);
    }

    @ParameterizedTest(name = "I5 {0} and {1}")
    @CsvSource({
        "https://p:8443/a/, https://login/t/oauth2/v2.0/token, https://p:8443/a/t/oauth2/v2.0/token",
        "https://p:8443/a, https://login/t/token, https://p:8443/a/t/token",
        "https://p, https://login/t/token, https://p/t/token",
        "https://p/, https://login/t%2Fx/token?q=%2F, https://p/t%2Fx/token?q=%2F"
    })
    void address_proxyPath_isPutInFront(String address, URI endpoint, URI expected) {
        var parsed = dev.signet.identity.managedidentity.TokenProxy.from(Environment.of(Map.of(PROXY, address)));

        assertEquals(expected, parsed.address(endpoint));
    }

    @Test
    @DisplayName("I5 requests go to the proxy, directly")
    void getToken_proxy_isAsked() {
        TestContext context = bound(PROXY, proxy.uri().toString(), CA_DATA, proxy.caPem());
        SpyTransport spy = new SpyTransport(context.transport());

        through(context.transport(spy)).getToken(REQUEST);

        assertEquals(0, requests());
        assertEquals("/" + TENANT + "/oauth2/v2.0/token", proxy.lastRequest().path());
        assertEquals("pod-token", proxy.lastRequest().form("client_assertion").orElseThrow());
        assertTrue(spy.requests().stream().allMatch(TransportRequest::direct));
    }

    @ParameterizedTest(name = "I6 {0}: certificate not from the CA: Failed, assertion not sent")
    @ValueSource(strings = {"other CA", "system trust"})
    void getToken_foreignCertificate_fails(String trust) {
        TestContext context = trust.equals("other CA")
                ? bound(
                        PROXY,
                        proxy.uri().toString(),
                        CA_DATA,
                        cloud.authority().caPem())
                : bound(PROXY, proxy.uri().toString());

        Expect.FAILED_FAILED.check(failure(through(context)));

        assertEquals(0, proxy.requests().size());
        cloud.allowViolations();
    }

    @Test
    @DisplayName("I7 SNI name set, certificate for that name")
    void getToken_serverName_isSentAndExpected() {
        proxy.serveName("bindings.example");

        through(bound(PROXY, proxy.uri().toString(), CA_DATA, proxy.caPem(), SNI, "bindings.example"))
                .getToken(REQUEST);

        RecordedRequest request = proxy.lastRequest();
        assertEquals("bindings.example", request.serverName().orElseThrow());
    }

    @Test
    @DisplayName("I7 SNI name set, certificate for the address's host only: Failed")
    void getToken_serverNameNotInCertificate_fails() {
        TestContext context = bound(PROXY, proxy.uri().toString(), CA_DATA, proxy.caPem(), SNI, "bindings.example");

        Expect.FAILED_FAILED.check(failure(through(context)));

        assertEquals(0, proxy.requests().size());
        cloud.allowViolations();
    }

    @Test
    @DisplayName("I8 CA_FILE and server re-keyed: the next request succeeds")
    void getToken_rekeyed_followsFile() throws IOException {
        Path file = caFile();
        WorkloadIdentityCredential credential = through(bound(PROXY, proxy.uri().toString(), CA_FILE, file.toString()));
        credential.getToken(REQUEST);

        proxy.rekey();
        Files.writeString(file, proxy.caPem());
        cloud.clock().advance(Duration.ofHours(2));
        credential.getToken(REQUEST);

        assertEquals(2, proxy.requests().size());
    }

    @ParameterizedTest(name = "I9 CA_FILE later {0}: previous CA kept")
    @ValueSource(strings = {"empty", "missing", "garbage"})
    void getToken_caFileSpoiled_keepsPrevious(String how) throws IOException {
        Path file = caFile();
        WorkloadIdentityCredential credential = through(bound(PROXY, proxy.uri().toString(), CA_FILE, file.toString()));

        switch (how) {
            case "empty" -> Files.writeString(file, "");
            case "missing" -> Files.delete(file);
            default -> Files.writeString(file, "-----BEGIN CERTIFICATE-----\ngarbage\n-----END CERTIFICATE-----\n");
        }
        credential.getToken(REQUEST);

        assertEquals(1, proxy.requests().size());
    }

    @Test
    @DisplayName("I10 bundle of two, server uses the second")
    void getToken_bundle_trustsAll() {
        through(bound(PROXY, proxy.uri().toString(), CA_DATA, proxy.caBundle())).getToken(REQUEST);

        assertEquals(1, proxy.requests().size());
    }

    private Path caFile() throws IOException {
        return Files.writeString(directory.resolve("ca.crt"), proxy.caPem());
    }

    private TestContext bound(String... more) {
        return inPod(plus(variables(), more));
    }

    private static WorkloadIdentityCredential through(TestContext context) {
        return WorkloadIdentityCredential.builder()
                .context(context)
                .enableAzureTokenProxy()
                .build();
    }
}
