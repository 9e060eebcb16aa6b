// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ConfidentialClientTest {
    private static final TokenRequestContext REQUEST =
            TokenRequestContext.of("https://b/.default", "https://a/.default");
    private static final String TOKEN = "{\"access_token\":\"AT\",\"expires_in\":3600}";
    private static final String STALE =
            "{\"error\":\"invalid_client\",\"error_description\":\"stale\",\"error_codes\":[700024]}";

    private final TestContexts contexts = new TestContexts();
    private final Deque<String> answers = new ArrayDeque<>(List.of(TOKEN));
    private final List<TransportRequest> requests = new ArrayList<>();

    private ProviderContext context(Map<String, String> variables) {
        return contexts.with(variables).toBuilder()
                .transport(request -> {
                    requests.add(request);
                    String answer = answers.remove();
                    int status = answer.startsWith("{\"error") ? 401 : 200;
                    return new TransportResponse(status, Map.of(), answer.getBytes(StandardCharsets.UTF_8));
                })
                .build();
    }

    private ConfidentialClient client(ClientProofSource proofs) {
        return client(proofs, Map.of(), TokenRouteOf.asIs());
    }

    private ConfidentialClient client(ClientProofSource proofs, Map<String, String> variables, TokenRoute route) {
        ProviderContext context = context(variables);
        TenantPolicy tenants = TenantPolicy.of("Test", "own", context, LoggerFactory.getLogger("test"));
        EntraApplication application =
                new EntraApplication(URI.create("https://login.microsoftonline.com/"), tenants, "app");
        return new ConfidentialClient(new EntraTokenEndpoint("Test", context), application, proofs, route);
    }

    private static ClientProofSource secret(String value) {
        return (clientId, endpoint) -> ClientProof.ofSecret(Secret.of(value));
    }

    private String body(int index) {
        return new String(requests.get(index).body(), StandardCharsets.US_ASCII);
    }

    @Test
    void fetch_secret_sendsScopesInTheCallersOrder() {
        AccessToken token = client(secret("a+b&c=%")).fetch(REQUEST, null);
        assertEquals("AT", token.token());
        assertEquals(
                "https://login.microsoftonline.com/own/oauth2/v2.0/token",
                requests.get(0).uri().toString());
        assertEquals(
                "grant_type=client_credentials&client_id=app&client_secret=a%2Bb%26c%3D%25"
                        + "&scope=https%3A%2F%2Fb%2F.default%20https%3A%2F%2Fa%2F.default",
                body(0));
    }

    @Test
    void fetch_assertion_isMadeForTheEndpointOfTheRequestsTenant() {
        List<String> asked = new ArrayList<>();
        client((clientId, endpoint) -> {
                    asked.add(clientId + " " + endpoint);
                    return ClientProof.ofAssertion(Secret.of("JWT"));
                })
                .fetch(REQUEST.withTenantId("other"), null);
        assertEquals(List.of("app https://login.microsoftonline.com/other/oauth2/v2.0/token"), asked);
        assertEquals(
                "grant_type=client_credentials&client_id=app"
                        + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                        + "&client_assertion=JWT&scope=https%3A%2F%2Fb%2F.default%20https%3A%2F%2Fa%2F.default",
                body(0));
    }

    @Test
    void redeem_otherGrant_takesItsFields() {
        client(secret("s")).redeem(REQUEST, form -> form.add("grant_type", "g").add("assertion", "u"));
        assertEquals("grant_type=g&assertion=u&client_id=app", body(0).split("&client_secret")[0]);
    }

    @ParameterizedTest(name = "AZURE_IDENTITY_DISABLE_CP1={0}")
    @CsvSource({"'', true", "false, true", "true, false", "TRUE, false", "1, false"})
    void fetch_cae_declaresTheCapabilityUnlessSwitchedOff(String off, boolean declared) {
        client(secret("s"), Map.of("AZURE_IDENTITY_DISABLE_CP1", off), TokenRouteOf.asIs())
                .fetch(REQUEST.withCaeEnabled(true), null);
        assertEquals(declared, body(0).contains("&claims=%7B%22access_token%22%3A%7B%22xms_cc%22"));
    }

    @Test
    void fetch_proofOutsideItsValidity_isReplacedOnce() {
        answers.addFirst(STALE);
        Deque<String> assertions = new ArrayDeque<>(List.of("one", "two"));
        ClientProofSource proofs = new RenewedProofs(assertions);
        assertEquals("AT", client(proofs).fetch(REQUEST, null).token());
        assertEquals(2, requests.size());
        assertEquals("JWT-two", body(1).split("client_assertion=")[1].split("&")[0]);
    }

    @Test
    void fetch_proofOutsideItsValidityAndNoOther_isRefusedAfterOneRequest() {
        answers.addFirst(STALE);
        ConfidentialClient client = client((clientId, endpoint) -> ClientProof.ofAssertion(Secret.of("same")));
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> client.fetch(REQUEST, null));
        assertEquals(List.of(700024), failure.details().aadstsCodes());
        assertEquals(1, requests.size());
    }

    @Test
    void fetch_otherRefusal_isNotRetried() {
        answers.addFirst(STALE.replace("700024", "7000215"));
        ConfidentialClient client = client(new RenewedProofs(new ArrayDeque<>(List.of("one", "two"))));
        assertThrows(ClientAuthenticationException.class, () -> client.fetch(REQUEST, null));
        assertEquals(1, requests.size());
    }

    @Test
    void fetch_route_leadsElsewhereAndAdjusts() {
        TokenRoute route = new TokenRouteOf("https://proxy.example/x");
        client(secret("s"), Map.of(), route).fetch(REQUEST, null);
        assertEquals("https://proxy.example/x", requests.get(0).uri().toString());
        assertEquals("yes", requests.get(0).headers().get("X-Adjusted"));
    }

    /** Gives the next assertion each time, for the first request and for the renewal. */
    private record RenewedProofs(Deque<String> assertions) implements ClientProofSource {
        @Override
        public ClientProof current(String clientId, URI tokenEndpoint) {
            return ClientProof.ofAssertion(Secret.of("JWT-" + assertions.remove()));
        }

        @Override
        public ClientProof renewed(String clientId, URI tokenEndpoint, ClientProof refused) {
            return current(clientId, tokenEndpoint);
        }
    }

    /** A way to one address, or none of its own. */
    private record TokenRouteOf(String target) implements TokenRoute {
        static TokenRoute asIs() {
            return endpoint -> endpoint;
        }

        @Override
        public URI address(URI tokenEndpoint) {
            return URI.create(target);
        }

        @Override
        public void adjust(TransportRequest.Builder request) {
            request.header("X-Adjusted", "yes");
        }
    }
}
