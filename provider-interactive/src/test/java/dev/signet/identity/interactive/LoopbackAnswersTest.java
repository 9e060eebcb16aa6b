// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.spi.TaskExecutor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may knock at the listener besides the one answer that it waits for. */
class LoopbackAnswersTest extends UserFixture {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final String STRAY = "This is not the answer that the application waits for.";

    private final PrintStream output = System.out;
    private final PrintStream errors = System.err;

    @AfterEach
    void restoreStreams() {
        System.setOut(output);
        System.setErr(errors);
    }

    private void assertSignsInAfter(Stray stray) {
        browser.does(address -> {
            stray.knock(
                    TestBrowser.redirect(address), TestBrowser.query(address).get("state"));
            browser.signsInAs(alice);
            browser.open(address);
        });

        assertAlice(interactive().build().getToken(REQUEST));
    }

    /** Something that is not the answer. */
    private interface Stray {
        void knock(URI redirect, String state);
    }

    @ParameterizedTest(name = "IB13 GET {0} before the answer")
    @CsvSource({"favicon.ico, 404", "'', 400", "?code=x, 400", "other/path, 404"})
    void get_beforeTheAnswer_isIgnored(String path, int status) {
        assertSignsInAfter((redirect, state) -> {
            TestBrowser.Answer answer = TestBrowser.get(redirect.resolve(path.isEmpty() ? "/" : path));
            assertEquals(status, answer.status());
            assertTrue(answer.body().contains(STRAY), answer.body());
        });
    }

    @Test
    void get_withTheRightState_isIgnored() {
        assertSignsInAfter((redirect, state) -> assertEquals(
                400,
                TestBrowser.get(redirect.resolve("?" + TestBrowser.form("code", "x", "state", state)))
                        .status()));
    }

    @ParameterizedTest(name = "IB14 {0}")
    @ValueSource(
            strings = {
                "code=x&state=wrong",
                "code=x",
                "code=x&state=",
                "error=access_denied&state=wrong",
                "",
                "&&=&",
                "code=%zz&state=1"
            })
    void post_withAnotherState_isIgnored(String form) {
        assertSignsInAfter((redirect, state) ->
                assertEquals(400, TestBrowser.post(redirect, form).status()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "session_state", "error"})
    void post_withoutCodeAndError_isIgnored(String emptyField) {
        assertSignsInAfter((redirect, state) -> assertEquals(
                400,
                TestBrowser.post(redirect, TestBrowser.form("state", state, emptyField, " "))
                        .status()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x"})
    void post_ofAnotherType_isIgnored(String type) {
        assertSignsInAfter((redirect, state) -> assertEquals(
                400,
                TestBrowser.send("POST", redirect, type, TestBrowser.form("code", "x", "state", state))
                        .status()));
    }

    @Test
    void put_isIgnored() {
        assertSignsInAfter((redirect, state) -> assertEquals(
                400,
                TestBrowser.send(
                                "PUT",
                                redirect,
                                "application/x-www-form-urlencoded",
                                TestBrowser.form("code", "x", "state", state))
                        .status()));
    }

    @Test
    void post_tooLong_isIgnored() {
        assertSignsInAfter((redirect, state) -> assertEquals(
                400,
                TestBrowser.post(redirect, TestBrowser.form("code", "x".repeat(70_000), "state", state))
                        .status()));
    }

    @Test
    void post_toAnotherName_isIgnored() {
        assertSignsInAfter((redirect, state) -> {
            String form = TestBrowser.form("code", "x", "state", state);
            String answer = exchange(
                    redirect,
                    "POST / HTTP/1.1\r\nHost: evil.example:" + redirect.getPort()
                            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                            + "\r\nConnection: close\r\n\r\n" + form);
            assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n", "GET\r\n\r\n", "nonsense", "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nx"})
    void nonsense_isIgnored(String text) {
        assertSignsInAfter((redirect, state) -> {
            try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), redirect.getPort())) {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });
    }

    private static String exchange(URI address, String request) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void storm_ofRequests_isIgnored() {
        assertSignsInAfter((redirect, state) -> {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int number = i;
                answers.add(TaskExecutor.supplyOn(context.executor(), () -> (number % 2 == 0
                                ? TestBrowser.get(redirect.resolve("/" + number))
                                : TestBrowser.post(redirect, "code=" + number + "&state=" + number))
                        .status()));
            }
            answers.forEach(answer -> assertTrue(answer.join() >= 400));
        });
    }

    @Test
    void slowConnections_doNotHoldUpTheAnswer() {
        List<Socket> open = new ArrayList<>();
        assertSignsInAfter((redirect, state) -> {
            for (int i = 0; i < 40; i++) {
                try {
                    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), redirect.getPort());
                    socket.getOutputStream().write("POST / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
                    open.add(socket);
                } catch (IOException failure) {
                    throw new AssertionError(failure);
                }
            }
        });
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException gone) {
                // the listener was first
            }
        }
    }

    @Test
    @DisplayName("IB14 only a wrong state comes: timeout")
    void post_onlyWithAnotherState_timesOut() {
        browser.does(address -> TestBrowser.post(TestBrowser.redirect(address), "code=x&state=wrong"));
        InteractiveBrowserCredential credential = interactive().timeout(SOON).build();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertTrue(failure.getMessage().startsWith("InteractiveBrowserCredential: timed out"), failure.getMessage());
        assertTrue(authority.requests().isEmpty());
    }

    @Test
    @DisplayName("IB15 access_denied: the error with its number, an escaped page, no token request")
    void post_accessDenied_isTold() {
        authority.signIns().refuseNext("access_denied", 65004, "<b onclick='x'>declined & gone</b>");
        browser.looks();
        InteractiveBrowserCredential credential = interactive().build();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertEquals(
                "InteractiveBrowserCredential: the sign-in was refused (access_denied): AADSTS65004: <b"
                        + " onclick='x'>declined & gone</b>. The user declined to consent: sign in again and accept.",
                failure.getMessage());
        assertEquals(Optional.of("access_denied"), failure.details().errorCode());
        assertEquals(List.of(65004), failure.details().aadstsCodes());
        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals(200, browser.lastPage().status());
        assertTrue(
                browser.lastPage()
                        .body()
                        .contains(
                                "access_denied. AADSTS65004: &lt;b onclick=&#39;x&#39;&gt;declined &amp; gone&lt;/b&gt;"),
                browser.lastPage().body());
        assertTrue(authority.requests().isEmpty());
    }

    @Test
    @DisplayName("IB15 the user cancels on the page")
    void cancel_onThePage_isTold() {
        browser.cancels();
        InteractiveBrowserCredential credential = interactive().build();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertEquals(List.of(65004), failure.details().aadstsCodes());
    }

    @Test
    void post_errorWithFacts_areAllTold() {
        browser.does(address -> TestBrowser.post(
                TestBrowser.redirect(address),
                TestBrowser.form(
                        "error",
                        "interaction_required",
                        "error_description",
                        "AADSTS53003: blocked. eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln",
                        "error_subcode",
                        "message_only",
                        "claims",
                        "{\"a\":1}",
                        "state",
                        TestBrowser.query(address).get("state"))));
        InteractiveBrowserCredential credential = interactive().build();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertEquals(List.of(53003), failure.details().aadstsCodes());
        assertEquals(Optional.of("message_only"), failure.details().suberror());
        assertEquals(Optional.of("{\"a\":1}"), failure.details().claims());
        assertFalse(failure.getMessage().contains("eyJ"), failure.getMessage());
    }

    @Test
    void post_serverError_isTransient() {
        browser.does(address -> TestBrowser.post(
                TestBrowser.redirect(address),
                TestBrowser.form(
                        "error",
                        "server_error",
                        "state",
                        TestBrowser.query(address).get("state"))));
        InteractiveBrowserCredential credential = interactive().build();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertEquals(
                "InteractiveBrowserCredential: the sign-in was refused (server_error). Sign in again, or ask an"
                        + " administrator.",
                failure.getMessage());
        assertEquals(Outcome.TRANSIENT, failure.outcome());
    }

    @Test
    void post_success_isAPageThatCannotBeKeptOrRun() {
        interactive().build().getToken(REQUEST);

        Map<String, String> headers = browser.lastPage().headers();
        assertEquals("text/html; charset=utf-8", headers.get("content-type"));
        assertEquals("no-store", headers.get("cache-control"));
        assertEquals("close", headers.get("connection"));
        assertEquals("default-src 'none'; style-src 'unsafe-inline'", headers.get("content-security-policy"));
        assertEquals("no-referrer", headers.get("referrer-policy"));
        assertEquals("nosniff", headers.get("x-content-type-options"));
        assertTrue(
                browser.lastPage().body().contains("You have signed in."),
                browser.lastPage().body());
    }

    @Test
    void successPage_own_isShown() {
        interactive().successPage("<h1>Bienvenue</h1>").build().getToken(REQUEST);

        assertEquals("<h1>Bienvenue</h1>", browser.lastPage().body());
    }

    @Test
    @DisplayName("IB16 no answer in time: told, listener closed, port free")
    void nobody_answers_timesOutAndFreesThePort() throws IOException {
        browser.doesNothing();
        InteractiveBrowserCredential credential = interactive().timeout(SOON).build();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertEquals(
                "InteractiveBrowserCredential: timed out: nobody signed in within 0 s; perhaps the browser's window was"
                        + " closed. Try again.",
                failure.getMessage());
        assertTrue(authority.requests().isEmpty());
        int port = TestBrowser.redirect(browser.opened().get(0)).getPort();
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertTrue(free.isBound());
        }
    }

    @Test
    void interrupt_endsTheWaitAndFreesThePort() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        browser.does(address -> waiting.countDown());
        InteractiveBrowserCredential credential = interactive().build();
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                outcome.complete(credential.getToken(REQUEST));
            } catch (RuntimeException failure) {
                outcome.complete(failure);
            }
        });
        caller.start();
        waiting.await();

        caller.interrupt();

        ClientAuthenticationException failure = (ClientAuthenticationException) outcome.get(20, TimeUnit.SECONDS);
        assertEquals(Outcome.CANCELLED, failure.outcome());
        assertEquals(
                "InteractiveBrowserCredential: interrupted while waiting for the browser's answer.",
                failure.getMessage());
        caller.join();
        int port = TestBrowser.redirect(browser.opened().get(0)).getPort();
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertTrue(free.isBound());
        }
    }

    @Test
    void signIn_done_leavesNoThread() {
        interactive().build().getToken(REQUEST);

        assertEquals(
                List.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.equals("HTTP-Dispatcher") || name.equals("idle-timeout-task"))
                        .toList());
    }

    @Test
    void noBrowser_inAChain_isUnavailableAndSuggestsTheDeviceCode() {
        browser.does(address -> {
            throw new UncheckedIOException(new IOException("no program that opens one was found"));
        });

        CredentialUnavailableException failure = assertThrows(
                CredentialUnavailableException.class,
                () -> interactive().build().asChainMember().getToken(REQUEST));

        assertEquals(
                "InteractiveBrowserCredential: no browser can be opened: no program that opens one was found. Use"
                        + " DeviceCodeCredential, which needs no browser on this machine.",
                failure.getMessage());
        assertEquals(
                Optional.of(UnavailableReason.NOT_SUPPORTED), failure.details().unavailableReason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdout", "stderr"})
    void noBrowser_alone_printsTheAddressAndWaits(String where) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        if (where.equals("stderr")) {
            System.setErr(stream);
        } else {
            System.setOut(stream);
        }
        context.setting("promptTo", where);
        List<URI> addresses = new ArrayList<>();
        browser.does(address -> {
            addresses.add(address);
            throw new UncheckedIOException(new IOException("no screen"));
        });
        InteractiveBrowserCredential credential = interactive().timeout(SOON).build();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertEquals(
                "InteractiveBrowserCredential: no browser can be opened: no screen. To sign in, open this address with a"
                        + " browser on this machine:\n" + addresses.get(0) + System.lineSeparator(),
                printed.toString(StandardCharsets.UTF_8));
        assertEquals(
                "InteractiveBrowserCredential: timed out: nobody signed in within 0 s; no browser can be opened: no"
                        + " screen. Use DeviceCodeCredential, which needs no browser on this machine.",
                failure.getMessage());
    }

    @Test
    void noBrowser_alone_theUserOpensTheAddress() {
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        browser.does(address -> {
            browser.signsInAs(alice);
            new Thread(() -> browser.open(address)).start();
            throw new UncheckedIOException(new IOException("no screen"));
        });

        assertAlice(interactive().build().getToken(REQUEST));
    }

    @Test
    void head_isAnsweredWithoutABody() {
        assertSignsInAfter((redirect, state) -> {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) redirect.toURL().openConnection(Proxy.NO_PROXY);
                connection.setRequestMethod("HEAD");
                assertEquals(400, connection.getResponseCode());
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });
    }
}
