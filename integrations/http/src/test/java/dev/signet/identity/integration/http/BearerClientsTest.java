// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.EmbeddedCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real clients, with tokens of the embedded cloud, against a server that challenges. */
@Timeout(60)
class BearerClientsTest {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of(Resource.AUDIENCE + "/.default");

    private EmbeddedCloud cloud;
    private DefaultAzureCredential credential;
    private Resource resource;

    @BeforeEach
    void start() throws IOException {
        cloud = EmbeddedCloud.start();
        credential = DefaultAzureCredential.builder()
                .environment(Environment.of(cloud.imds().environment()))
                .clock(cloud.clock())
                .build();
        resource = new Resource(cloud.authority());
    }

    @AfterEach
    void stop() {
        resource.close();
        credential.close();
        cloud.assertNoViolations();
        cloud.close();
    }

    private BearerAuthorization here(TokenCredential tokens) {
        return BearerAuthorization.of(tokens, REQUEST, "127.0.0.1:" + resource.port());
    }

    private Caller caller(Caller.Kind kind) {
        return kind.caller(here(credential));
    }

    private URI address(String path) {
        return resource.uri("127.0.0.1", path);
    }

    @ParameterizedTest
    @EnumSource
    void allowedHost_getsTheToken(Caller.Kind kind) throws Exception {
        try (Caller client = caller(kind)) {
            for (int call = 0; call < 3; call++) {
                assertEquals(new Caller.Answer(200, "status 200"), client.post(address("/protected"), "hello", false));
            }
        }
        assertEquals(3, resource.calls().size());
        assertEquals(1, tokenRequests());
    }

    @ParameterizedTest
    @EnumSource
    void otherHost_getsNone(Caller.Kind kind) throws Exception {
        try (Caller client = caller(kind)) {
            assertEquals(
                    200,
                    client.post(resource.uri("localhost", "/open"), "hello", false)
                            .status());
            assertEquals(
                    401,
                    client.post(resource.uri("localhost", "/protected"), "hello", false)
                            .status());
        }
        assertEquals(
                List.of(new Resource.Call(Optional.empty(), "hello"), new Resource.Call(Optional.empty(), "hello")),
                resource.calls());
        assertEquals(0, tokenRequests());
    }

    @ParameterizedTest
    @EnumSource
    void ownHeader_isLeftAlone(Caller.Kind kind) throws Exception {
        try (Caller client = caller(kind)) {
            assertEquals(
                    401,
                    client.post(address("/protected"), "hello", false, "Authorization", "Basic eDp5")
                            .status());
        }
        assertEquals(List.of(new Resource.Call(Optional.of("Basic eDp5"), "hello")), resource.calls());
    }

    @ParameterizedTest
    @EnumSource
    void challenge_isAnsweredWithANewToken(Caller.Kind kind) throws Exception {
        try (Caller client = caller(kind)) {
            client.post(address("/protected"), "first", false);
            resource.revokeAll();
            cloud.clock().advance(java.time.Duration.ofMinutes(1));

            assertEquals(new Caller.Answer(200, "status 200"), client.post(address("/protected"), "second", false));
            assertEquals(new Caller.Answer(200, "status 200"), client.post(address("/protected"), "third", false));
        }
        List<Resource.Call> calls = resource.calls();
        assertEquals(
                List.of("first", "second", "second", "third"),
                calls.stream().map(Resource.Call::body).toList());
        assertEquals(calls.get(0).authorization(), calls.get(1).authorization());
        assertNotEquals(calls.get(1).authorization(), calls.get(2).authorization());
        assertEquals(calls.get(2).authorization(), calls.get(3).authorization());
        assertEquals(2, tokenRequests());
    }

    @ParameterizedTest
    @EnumSource
    void challenge_twice_isTheCallers(Caller.Kind kind) throws Exception {
        resource.challengeAlways();
        try (Caller client = caller(kind)) {
            assertEquals(new Caller.Answer(401, "status 401"), client.post(address("/protected"), "hello", false));
        }
        assertEquals(2, resource.calls().size());
    }

    @ParameterizedTest
    @EnumSource
    void refusal_withoutClaims_isTheCallers(Caller.Kind kind) throws Exception {
        TokenCredential stranger = request ->
                dev.signet.identity.AccessToken.of("foreign", cloud.clock().instant(), "Foreign");
        try (Caller client = kind.caller(here(stranger))) {
            assertEquals(401, client.post(address("/protected"), "hello", false).status());
        }
        assertEquals(List.of(new Resource.Call(Optional.of("Bearer foreign"), "hello")), resource.calls());
    }

    @ParameterizedTest
    @EnumSource(names = {"OKHTTP", "APACHE"})
    void bodyThatIsSpent_isNotSentAgain(Caller.Kind kind) throws Exception {
        resource.challengeAlways();
        try (Caller client = caller(kind)) {
            assertEquals(new Caller.Answer(401, "status 401"), client.post(address("/protected"), "hello", true));
        }
        assertEquals(1, resource.calls().size());
    }

    @ParameterizedTest
    @EnumSource(names = {"OKHTTP", "APACHE"})
    void redirect_toAnotherHost_losesTheToken(Caller.Kind kind) throws Exception {
        resource.redirectTo(resource.uri("localhost", "/open"));
        try (Caller client = caller(kind)) {
            assertEquals(200, client.post(address("/redirect"), "hello", false).status());
        }
        assertTrue(resource.calls().get(0).authorization().isPresent());
        assertEquals(Optional.empty(), resource.calls().get(1).authorization());
    }

    @ParameterizedTest
    @EnumSource(names = {"OKHTTP", "APACHE"})
    void redirect_onTheHost_keepsTheToken(Caller.Kind kind) throws Exception {
        resource.redirectTo(address("/protected"));
        try (Caller client = caller(kind)) {
            assertEquals(200, client.post(address("/redirect"), "hello", false).status());
        }
        assertEquals(2, resource.calls().size());
    }

    @Test
    void jdkClient_thatFollowsRedirects_isRefused() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new BearerHttpClient(client, here(credential)));
        assertEquals(
                "the JDK's client takes the Authorization header along to whatever host it is redirected to; build it"
                        + " with followRedirects(Redirect.NEVER), which is the default",
                refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void noToken_isReportedBeforeAnythingIsSent(Caller.Kind kind) throws Exception {
        TokenCredential none = request -> {
            throw new CredentialUnavailableException("Fake", "no file", "Set it.");
        };
        try (Caller client = kind.caller(here(none))) {
            Exception failure = assertThrows(Exception.class, () -> client.post(address("/protected"), "hello", false));
            assertEquals("Fake: no file. Set it.", failure.getMessage());
            Throwable ours = failure instanceof IOException ? failure.getCause() : failure;
            assertInstanceOf(ClientAuthenticationException.class, ours);
            assertEquals(kind == Caller.Kind.OKHTTP, failure instanceof IOException);
        }
        assertEquals(0, resource.calls().size());
    }

    /** Why the wrapper refuses such clients; where the JDK has learnt better, this test has nothing to show. */
    @Test
    void jdkClient_redirected_takesTheHeaderAlong() throws Exception {
        assumeTrue(Runtime.version().feature() == 17, "a later JDK may drop the header");
        resource.redirectTo(resource.uri("localhost", "/open"));
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        client.send(
                Caller.JdkCaller.request(address("/redirect"), "hello", "Authorization", "Bearer secret"),
                Caller.JdkCaller.bodies());
        assertEquals(Optional.of("Bearer secret"), resource.calls().get(1).authorization());
    }

    private long tokenRequests() {
        return cloud.imds().requests().stream()
                .filter(request -> request.query("resource").isPresent())
                .count();
    }
}
