// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.azurecore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.util.Context;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.CertificateAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** azure-core's own policy answers a claims challenge through our credential. */
@Timeout(60)
class ClaimsChallengeTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Resource test CA");
    private static final String AUDIENCE = "https://management.azure.com";
    private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1760000000\"}}}";

    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<TokenRequestContext> asked = new CopyOnWriteArrayList<>();

    private EmbeddedCloud cloud;
    private DefaultAzureCredential credential;
    private HttpsServer resource;

    @BeforeEach
    void start() throws IOException {
        cloud = EmbeddedCloud.start();
        credential = DefaultAzureCredential.builder()
                .environment(Environment.of(cloud.imds().environment()))
                .clock(cloud.clock())
                .build();
        resource = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        resource.setHttpsConfigurator(new HttpsConfigurator(AUTHORITY.serverSslContext("127.0.0.1")));
        resource.createContext("/", this::answer);
        resource.start();
    }

    @AfterEach
    void stop() {
        resource.stop(0);
        credential.close();
        cloud.assertNoViolations();
        cloud.close();
    }

    /** Takes no token but the second. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            String token = header.substring("Bearer ".length());
            tokens.add(token);
            boolean known = cloud.authority().accepts(token, AUDIENCE) && !token.equals(tokens.get(0));
            if (!known) {
                String claims = Base64.getEncoder().encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseHeaders()
                        .add(
                                "WWW-Authenticate",
                                "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common\","
                                        + " error=\"insufficient_claims\", claims=\"" + claims + "\"");
            }
            exchange.sendResponseHeaders(known ? 200 : 401, -1);
        }
    }

    private HttpPipeline pipeline() {
        TokenCredential recorded = request -> {
            asked.add(request);
            return credential.getToken(request);
        };
        return new HttpPipelineBuilder()
                .policies(new BearerTokenAuthenticationPolicy(
                        AzureCoreCredentials.toAzure(recorded), AUDIENCE + "/.default"))
                .httpClient(new JdkHttpClientBuilder(
                                java.net.http.HttpClient.newBuilder().sslContext(AUTHORITY.sslContext()))
                        .build())
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void policy_challenged_getsATokenWithTheClaims(boolean blocking) {
        HttpRequest request = new HttpRequest(
                HttpMethod.GET, "https://127.0.0.1:" + resource.getAddress().getPort() + "/");

        try (HttpResponse response = blocking
                ? pipeline().sendSync(request, Context.NONE)
                : pipeline().send(request).block()) {
            assertEquals(200, response.getStatusCode());
        }

        assertEquals(2, tokens.size());
        assertEquals(
                List.of(Optional.empty(), Optional.of(CLAIMS)),
                asked.stream().map(TokenRequestContext::claims).toList());
        assertTrue(asked.stream().allMatch(TokenRequestContext::caeEnabled));
    }
}
