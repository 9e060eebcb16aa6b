// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ProxySettings;
import dev.signet.identity.core.SocketHttpTransport;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.testkit.HostedEndpoint;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImdsProbeTest extends CloudFixture {
    private static final TokenRequestContext OTHER = TokenRequestContext.of("https://storage.azure.com/.default");

    private final HostedEndpoint imds = cloud.imds();

    @ParameterizedTest(name = "B1 {0}: no probe")
    @ValueSource(
            strings = {
                "direct",
                "ManagedIdentityCredential",
                " managedidentitycredential ",
                "managedidentity",
                "pod",
                "app service"
            })
    void getToken_nothingToFindOut_doesNotProbe(String why) {
        TestContext context =
                switch (why) {
                    case "direct" -> onMachine();
                    case "pod" -> on(imds);
                    case "app service" -> on(cloud.appService());
                    default -> onMachine().env("AZURE_TOKEN_CREDENTIALS", why);
                };
        TokenCredential credential = why.equals("direct") ? direct(context) : chained(context);

        credential.getToken(REQUEST);

        assertEquals(1, cloud.requests().size());
        assertTrue(cloud.requests().get(0).query("resource").isPresent());
    }

    @Test
    @DisplayName("B2 chained, 400: probe without Metadata and query, then the request")
    void getToken_chained_probesFirst() {
        chained(onMachine()).getToken(REQUEST);

        assertEquals(2, count(imds));
        RecordedRequest probe = imds.requests().get(0);
        assertEquals("GET", probe.method());
        assertTrue(probe.rawQuery().isEmpty());
        assertTrue(probe.header("Metadata").isEmpty());
        assertEquals(RESOURCE, imds.requests().get(1).query("resource").orElseThrow());
    }

    @Test
    @DisplayName("B2 a probe takes at most a second and no proxy")
    void getToken_chained_probesWithinASecondAndDirectly() {
        TestContext context = onMachine();
        SpyTransport spy = new SpyTransport(context.transport());

        chained(context.transport(spy)).getToken(REQUEST);

        TransportRequest probe = spy.requests().get(0);
        assertEquals(Duration.ofSeconds(1), probe.timeout());
        assertEquals(Duration.ofSeconds(1), probe.connectTimeout());
        assertTrue(spy.requests().stream().allMatch(TransportRequest::direct));
    }

    @Test
    @DisplayName("B3 chained with a cached token: no request at all")
    void getToken_cached_doesNotProbe() {
        TokenCredential credential = chained(onMachine());
        AccessToken first = credential.getToken(REQUEST);

        assertSame(first, credential.getToken(REQUEST));

        assertEquals(2, count(imds));
    }

    @Test
    @DisplayName("B4 two resources: one probe, two token requests")
    void getToken_twoResources_probesOnce() {
        TokenCredential credential = chained(onMachine());

        credential.getToken(REQUEST);
        credential.getToken(OTHER);

        assertEquals(3, count(imds));
        assertEquals(1, probes());
    }

    @ParameterizedTest(name = "B5 {0}")
    @ValueSource(strings = {"no listener", "silence", "trickle"})
    void getToken_nobodyAnswers_isUnavailableInTime(String peer) throws IOException {
        TestContext context = onMachine();
        switch (peer) {
            case "no listener" -> context.setting("imdsEndpoint", "http://127.0.0.1:" + unusedPort());
            case "silence" -> imds.always(Reply.hang());
            default -> imds.always(Reply.status(400).trickle(Duration.ofMillis(50)));
        }
        TokenCredential credential = ManagedIdentityCredential.builder()
                .context(context)
                .probeTimeout(Duration.ofMillis(150))
                .build()
                .asChainMember();
        long start = System.nanoTime();

        ClientAuthenticationException failure = failure(credential);

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Expect.UNAVAILABLE.check(failure);
        assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, took::toString);
        assertTrue(context.sleeper().sleeps().isEmpty());
    }

    @Test
    @DisplayName("B6 IMDS appears after a negative probe; the refusal is remembered for five seconds only")
    void getToken_imdsAppears_isFoundAfterFiveSeconds() {
        TestContext context = onMachine();
        TokenCredential credential = chained(context);
        imds.enqueue(Reply.reset());
        Expect.UNAVAILABLE.check(failure(credential));

        cloud.clock().advance(Duration.ofMillis(4_999));
        Expect.UNAVAILABLE.check(failure(credential));
        assertEquals(1, count(imds));

        cloud.clock().advance(Duration.ofMillis(1));
        credential.getToken(REQUEST);
        assertEquals(3, count(imds));
    }

    static Stream<Arguments> foreignAnswers() {
        return Stream.of(
                Arguments.of("B7 403 HTML", Reply.html(403, "<html>connecting to 169.254.169.254: unreachable</html>")),
                Arguments.of("B7 403 Norwegian", Reply.text(403, "det er ikke mulig å nå nettverket")),
                Arguments.of("B7 404 HTML", Reply.html(404, "<html></html>")),
                Arguments.of("B7 401 empty", Reply.status(401)),
                Arguments.of("B8 200 HTML", Reply.html(200, "<html>Log in to the network</html>")),
                Arguments.of("B8 200 JSON", Reply.json(200, "{}")),
                Arguments.of("B8 302", Reply.status(302).header("Location", "http://login.invalid/")),
                Arguments.of("B8 407", Reply.status(407)),
                Arguments.of("B8 502", Reply.status(502)),
                Arguments.of("B8 504", Reply.status(504)));
    }

    @ParameterizedTest(name = "{0}: unavailable, no token request")
    @MethodSource("foreignAnswers")
    void getToken_somethingElseAnswers_isUnavailable(String row, Reply answer) {
        imds.always(answer);

        Expect.UNAVAILABLE.check(failure(chained(onMachine())));

        assertEquals(1, count(imds));
    }

    static Stream<Arguments> doubtfulAnswers() {
        return Stream.of(
                Arguments.of("B9 429", Reply.status(429)),
                Arguments.of("B9 500", Reply.status(500)),
                Arguments.of("B9 410", Reply.status(410)),
                Arguments.of("B9 503", Reply.status(503)),
                Arguments.of("401 JSON", Reply.json(401, "{\"error\":\"unknown_source\"}")),
                Arguments.of("404 of IMDS", Reply.status(404).header("Server", "IMDS/150.870.65.1")));
    }

    @ParameterizedTest(name = "{0}: goes on, probes again next time")
    @MethodSource("doubtfulAnswers")
    void getToken_imdsIsBusy_goesOnAndProbesAgain(String row, Reply answer) {
        imds.enqueue(answer);
        TokenCredential credential = chained(onMachine());

        credential.getToken(REQUEST);
        credential.getToken(OTHER);
        credential.getToken(TokenRequestContext.of("https://graph.microsoft.com/.default"));

        assertEquals(2, probes());
        assertEquals(5, count(imds));
    }

    @Test
    @DisplayName("B10 50 threads: one probe, one token request")
    void getToken_crowd_probesOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        imds.enqueue(Reply.passThrough().heldUntil(gate));
        TokenCredential credential = chained(onMachine());
        AtomicInteger callers = new AtomicInteger();

        var results = Crowd.run(50, () -> {
            if (callers.incrementAndGet() == 50) {
                gate.countDown();
            }
            return credential.getToken(REQUEST);
        });
        AccessToken first = Crowd.result(results.get(0));
        for (Future<AccessToken> result : results) {
            assertEquals(first, Crowd.result(result));
        }

        assertEquals(2, count(imds));
    }

    @Test
    @DisplayName("B10 50 threads, each with a resource of its own: one probe")
    void getToken_crowdWithManyResources_probesOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        imds.enqueue(Reply.passThrough().heldUntil(gate));
        TokenCredential credential = chained(onMachine());
        AtomicInteger callers = new AtomicInteger();

        var results = Crowd.run(50, () -> {
            int number = callers.incrementAndGet();
            if (number == 50) {
                gate.countDown();
            }
            return credential.getToken(TokenRequestContext.of("https://resource-" + number + "/.default"));
        });
        for (Future<AccessToken> result : results) {
            Crowd.result(result);
        }

        assertEquals(1, probes());
        assertEquals(51, count(imds));
    }

    @Test
    @DisplayName("B11 proxy settings: the proxy sees no connection")
    void getToken_proxySettings_areNotUsed() throws IOException {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            proxy.setSoTimeout(1);
            Environment environment = Environment.of(
                    Map.of("HTTP_PROXY", "http://127.0.0.1:" + proxy.getLocalPort()),
                    Map.of(
                            "os.name", "Linux",
                            "http.proxyHost", "127.0.0.1",
                            "http.proxyPort", Integer.toString(proxy.getLocalPort()),
                            "http.nonProxyHosts", ""));
            TestContext context = onMachine().environment(environment);
            context.transport(new SocketHttpTransport(ProxySettings.from(environment), System::nanoTime));

            chained(context).getToken(REQUEST);

            org.junit.jupiter.api.Assertions.assertThrows(SocketTimeoutException.class, proxy::accept);
        }
    }

    @Test
    void getToken_interruptedDuringProbe_isCancelled() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        imds.enqueue(Reply.passThrough().heldUntil(gate));
        TokenCredential credential = ManagedIdentityCredential.builder()
                .context(onMachine())
                .probeTimeout(Duration.ofSeconds(30))
                .build()
                .asChainMember();
        var result = new java.util.concurrent.CompletableFuture<ClientAuthenticationException>();
        Thread caller = new Thread(() -> {
            result.complete(failure(credential));
            gate.countDown();
        });
        caller.start();
        while (imds.requests().isEmpty()) {
            Thread.onSpinWait();
        }

        caller.interrupt();

        assertEquals(
                Outcome.CANCELLED,
                result.get(30, java.util.concurrent.TimeUnit.SECONDS).outcome());
        caller.join();
    }

    @Test
    void getToken_connectionLostAfterProbe_isNotTriedAgainInChain() throws IOException {
        int port = unusedPort();
        TestContext context = onMachine().setting("imdsEndpoint", "http://127.0.0.1:" + port);
        ImdsRetryPolicy hurried = new ImdsRetryPolicy(true);

        assertEquals(null, hurried.afterFailure(new java.net.ConnectException("refused"), 0));
        assertEquals(Duration.ofSeconds(1), hurried.afterFailure(new IOException("reset"), 0));
        Expect.UNAVAILABLE.check(failure(direct(context)));
        assertEquals(5, context.sleeper().sleeps().size());
    }

    @Test
    void asChainMember_twice_isTheSame() {
        ManagedIdentityCredential credential = direct(onMachine());

        assertSame(credential.asChainMember(), credential.asChainMember());
    }

    private long probes() {
        return imds.requests().stream()
                .filter(request -> request.rawQuery().isEmpty())
                .count();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
