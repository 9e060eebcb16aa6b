// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.testkit.HostedEndpoint;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest extends CloudFixture {
    private final HostedEndpoint imds = cloud.imds();

    @Test
    @DisplayName("T1 IMDS 404, OK")
    void getToken_imdsNotReady_isRetried() {
        imds.enqueue(Reply.status(404), ok("T"));

        assertEquals("T", direct(onMachine()).getToken(REQUEST).token());

        assertEquals(2, count(imds));
    }

    @Test
    @DisplayName("T2 IMDS 500 for ever: 6 requests")
    void getToken_imdsBroken_failsAfterSixRequests() {
        imds.always(Reply.status(500));
        TestContext context = onMachine().jitter(0.5);

        ClientAuthenticationException failure = failure(direct(context));

        Expect.FAILED_FAILED.check(failure);
        assertEquals(Outcome.TRANSIENT, failure.outcome());
        assertEquals(6, count(imds));
        assertEquals(Duration.ofSeconds(31), context.sleeper().total());
    }

    @ParameterizedTest(name = "T3 IMDS 410 seven times, jitter {0}: at least 70 s")
    @ValueSource(doubles = {0, 0.5})
    void getToken_imdsGone_waitsLongEnough(double jitter) {
        Reply[] replies = new Reply[8];
        Arrays.fill(replies, Reply.status(410));
        replies[7] = ok("T");
        imds.enqueue(replies);
        TestContext context = onMachine().jitter(jitter);

        assertEquals("T", direct(context).getToken(REQUEST).token());

        assertTrue(context.sleeper().total().compareTo(Duration.ofSeconds(70)) >= 0);
        assertEquals(8, count(imds));
    }

    @Test
    @DisplayName("T3 IMDS 410 for ever ends within the budget, not before 70 s")
    void getToken_imdsGoneForEver_ends() {
        imds.always(Reply.status(410));
        TestContext context = onMachine().jitter(0.999);

        Expect.FAILED_UNAVAILABLE.check(failure(direct(context)));

        Duration slept = context.sleeper().total();
        assertTrue(slept.compareTo(Duration.ofSeconds(70)) >= 0 && slept.compareTo(Duration.ofSeconds(100)) < 0);
    }

    @ParameterizedTest(name = "T4 429 with Retry-After {0}: {1} ms")
    @CsvSource({"7, 7000", "3600, 60000", "abc, 800", "-1, 800", "date, 9000"})
    void getToken_retryAfter_isHonoured(String header, long millis) {
        String value = header.equals("date")
                ? DateTimeFormatter.RFC_1123_DATE_TIME
                        .withLocale(Locale.US)
                        .format(cloud.clock()
                                .instant()
                                .plusSeconds(9)
                                .plusMillis(500)
                                .atOffset(ZoneOffset.UTC))
                : header;
        imds.enqueue(Reply.status(429).header("Retry-After", value), ok("T"));
        TestContext context = onMachine();

        direct(context).getToken(REQUEST);

        long slept = context.sleeper().total().toMillis();
        assertTrue(slept >= millis && slept <= millis + 1000, slept + " ms");
    }

    @ParameterizedTest(name = "T5 {0} {1}: one request")
    @CsvSource({
        "imds, 400",
        "imds, 401",
        "imds, 403",
        "imds, 405",
        "imds, 501",
        "imds, 502",
        "imds, 302",
        "app-service, 400",
        "app-service, 401",
        "app-service, 403",
        "app-service, 404",
        "app-service, 501",
        "app-service, 502",
        "app-service, 302"
    })
    void getToken_finalStatus_isNotRetried(String source, int status) {
        HostedEndpoint endpoint = source.equals("imds") ? imds : cloud.appService();
        endpoint.always(Reply.json(status, "{\"error\":\"x\"}"));
        TestContext context = endpoint == imds ? onMachine() : on(endpoint);

        failure(direct(context));

        assertEquals(1, count(endpoint));
        assertTrue(context.sleeper().sleeps().isEmpty());
    }

    @ParameterizedTest(name = "T6 {0} {1}, OK")
    @CsvSource({
        "app-service, 500",
        "app-service, 408",
        "app-service, 429",
        "app-service, 503",
        "app-service, 504",
        "azure-ml, 500",
        "cloud-shell, 500"
    })
    void getToken_localSource_isRetried(String source, int status) {
        HostedEndpoint endpoint =
                switch (source) {
                    case "azure-ml" -> cloud.azureMl();
                    case "cloud-shell" -> cloud.cloudShell();
                    default -> cloud.appService();
                };
        endpoint.enqueue(Reply.status(status), ok("T"));

        assertEquals("T", direct(on(endpoint)).getToken(REQUEST).token());
    }

    @Test
    @DisplayName("T6 App Service 500 for ever: 4 requests a second apart")
    void getToken_appServiceBroken_failsAfterFourRequests() {
        cloud.appService().always(Reply.status(500));
        TestContext context = on(cloud.appService()).jitter(0.5);

        Expect.FAILED_FAILED.check(failure(direct(context)));

        assertEquals(4, count(cloud.appService()));
        assertEquals(Duration.ofSeconds(3), context.sleeper().total());
    }

    @ParameterizedTest(name = "T7 {0} {1}, OK")
    @CsvSource({"imds, reset", "imds, close", "app-service, reset", "app-service, close"})
    void getToken_lostConnection_isRetried(String source, String fault) {
        HostedEndpoint endpoint = source.equals("imds") ? imds : cloud.appService();
        endpoint.enqueue(
                fault.equals("reset") ? Reply.reset() : Reply.passThrough().closeMidBody(), ok("T"));

        assertEquals("T", direct(on(endpoint)).getToken(REQUEST).token());
    }

    @Test
    @DisplayName("T7 connection always lost: App Service Failed, IMDS Unavailable")
    void getToken_connectionAlwaysLost_fails() {
        cloud.appService().always(Reply.reset());
        imds.always(Reply.reset());

        Expect.FAILED_FAILED.check(failure(direct(on(cloud.appService()))));
        Expect.UNAVAILABLE.check(failure(direct(onMachine())));
    }

    @Test
    @DisplayName("T8 interrupt while waiting: ends at once, flag kept")
    void getToken_interruptedWhileWaiting_ends() {
        imds.always(Reply.status(500));
        TestContext context = onMachine();
        SpyTransport spy = new SpyTransport(request -> {
            var response = new dev.signet.identity.spi.TransportResponse(500, java.util.Map.of(), new byte[0]);
            Thread.currentThread().interrupt();
            return response;
        });

        ClientAuthenticationException failure = failure(direct(context.transport(spy)));

        assertTrue(Thread.interrupted());
        assertEquals(Outcome.CANCELLED, failure.outcome());
        assertEquals(1, spy.requests().size());
    }

    @Test
    @DisplayName("T9 503 for ever, budget 10 s")
    void getToken_budget_isKept() {
        imds.always(Reply.status(503));
        TestContext context = onMachine().jitter(0.5);
        ManagedIdentityCredential credential = ManagedIdentityCredential.builder()
                .context(context)
                .retryBudget(Duration.ofSeconds(10))
                .build();

        Expect.FAILED_FAILED.check(failure(credential));

        assertEquals(Duration.ofSeconds(7), context.sleeper().total());
    }

    @Test
    @DisplayName("T9 silence, budget 200 ms")
    void getToken_silence_endsWithinBudget() {
        cloud.appService().always(Reply.hang());
        ManagedIdentityCredential credential = ManagedIdentityCredential.builder()
                .context(on(cloud.appService()))
                .retryBudget(Duration.ofMillis(200))
                .build();
        long start = System.nanoTime();

        Expect.FAILED_FAILED.check(failure(credential));

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took::toString);
        assertEquals(1, count(cloud.appService()));
    }
}
