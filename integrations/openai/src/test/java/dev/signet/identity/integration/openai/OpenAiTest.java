// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.EmbeddedCloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The unmodified client against a server that takes fresh tokens of the embedded cloud and nothing else. */
@Timeout(60)
class OpenAiTest {
    private static final String COMPLETION = """
            {"id":"1","object":"chat.completion","created":1,"model":"gpt","choices":[{"index":0,"finish_reason":"stop",
            "logprobs":null,"message":{"role":"assistant","content":"Hello.","refusal":null}}]}
            """;

    private final List<String> headers = Collections.synchronizedList(new ArrayList<>());
    private EmbeddedCloud cloud;
    private DefaultAzureCredential credential;
    private HttpServer models;

    @BeforeEach
    void start() throws IOException {
        cloud = EmbeddedCloud.start();
        credential = DefaultAzureCredential.builder()
                .environment(Environment.of(cloud.imds().environment()))
                .clock(cloud.clock())
                .build();
        models = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        models.createContext("/", this::answer);
        models.start();
    }

    @AfterEach
    void stop() {
        models.stop(0);
        credential.close();
        cloud.assertNoViolations();
        cloud.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            headers.add(header);
            boolean known = header.startsWith("Bearer ")
                    && cloud.authority()
                            .accepts(header.substring("Bearer ".length()), "https://cognitiveservices.azure.com")
                    && !exchange.getRequestHeaders().containsKey("api-key");
            byte[] body = (known ? COMPLETION : "{\"error\":{\"message\":\"who are you?\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private OpenAIClient client(TokenCredential tokens, String scope) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + models.getAddress().getPort())
                .credential(OpenAiCredentials.bearer(tokens, scope))
                .maxRetries(0)
                .build();
    }

    private static String ask(OpenAIClient client) {
        return client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt")
                        .addUserMessage("Hello?")
                        .build())
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
    }

    @Test
    void client_withTokens_isServed() {
        OpenAIClient client = client(credential, OpenAiCredentials.SCOPE);
        assertEquals("Hello.", ask(client));
        assertEquals("Hello.", ask(client));
        client.close();
        assertEquals(headers.get(0), headers.get(1));
        assertEquals(1, tokenRequests());
    }

    @Test
    void token_expired_isRotated() {
        OpenAIClient client = client(credential, OpenAiCredentials.SCOPE);
        assertEquals("Hello.", ask(client));
        cloud.clock().advance(Duration.ofHours(25));
        assertEquals("Hello.", ask(client));
        client.close();
        assertNotEquals(headers.get(0), headers.get(1));
        assertEquals(2, tokenRequests());
    }

    @Test
    void asyncClient_withTokens_isServed() {
        OpenAIClient client = client(credential, OpenAiCredentials.SCOPE);
        String answer = client.async()
                .chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt")
                        .addUserMessage("Hello?")
                        .build())
                .thenApply(completion ->
                        completion.choices().get(0).message().content().orElseThrow())
                .join();
        client.close();
        assertEquals("Hello.", answer);
    }

    @Test
    void token_forAnotherScope_isRefused() {
        OpenAIClient client = client(credential, "https://vault.azure.net/.default");
        assertThrows(UnauthorizedException.class, () -> ask(client));
        client.close();
    }

    @Test
    void noToken_isTheRequestsFailure() {
        OpenAIClient client = client(
                request -> {
                    throw new CredentialUnavailableException("Fake", "no file", "Set it.");
                },
                OpenAiCredentials.SCOPE);
        CredentialUnavailableException failure = assertThrows(CredentialUnavailableException.class, () -> ask(client));
        client.close();
        assertEquals("Fake: no file. Set it.", failure.getMessage());
        assertTrue(headers.isEmpty());
    }

    @Test
    void credential_asText_hidesTheToken() {
        String text = OpenAiCredentials.bearer(credential).toString();
        assertFalse(text.contains("eyJ"), text);
        assertEquals(0, tokenRequests());
    }

    private long tokenRequests() {
        return cloud.imds().requests().stream()
                .filter(request -> request.query("resource").isPresent())
                .count();
    }
}
