// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.testkit.ArcEndpoint;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArcSourceTest extends CloudFixture {
    private final ArcEndpoint arc = cloud.arc();
    private Path keys;

    @TempDir
    Path elsewhere;

    @BeforeEach
    void findKeys() throws IOException {
        keys = Files.createDirectories(arc.keyDirectory());
    }

    @ParameterizedTest(name = "A1 {0}")
    @ValueSource(
            strings = {
                "",
                "Bearer realm=x",
                "Basic",
                "Basic ",
                "Basic charset=x",
                "Basic realm=",
                "Basic realm=/a=b.key"
            })
    void getToken_malformedChallenge_failsAfterOneRequest(String header) {
        Reply reply = Reply.status(401);
        arc.always(header.isEmpty() ? reply : reply.header("WWW-Authenticate", header));

        Expect.FAILED_FAILED.check(failure(direct(onArc())));

        assertEquals(1, count(arc));
    }

    @ParameterizedTest(name = "A2 {0}")
    @ValueSource(
            strings = {"<other>/x.key", "<keys>/../x.key", "<keys>/sub/x.key", "x.key", "<keys>/x.txt", "<keys>/.key"})
    void getToken_keyOutsideDirectory_isNotOpened(String path) throws IOException {
        Files.writeString(elsewhere.resolve("x.key"), "stolen");
        Files.writeString(keys.resolveSibling("x.key"), "stolen");
        Files.writeString(keys.resolve("x.txt"), "stolen");
        Files.writeString(keys.resolve(".key"), "stolen");
        Files.createDirectories(keys.resolve("sub"));
        Files.writeString(keys.resolve("sub/x.key"), "stolen");
        challenge(path.replace("<other>", elsewhere.toString()).replace("<keys>", keys.toString()));

        Expect.FAILED_FAILED.check(failure(direct(onArc())));

        assertEquals(1, count(arc));
    }

    @Test
    @DisplayName("A3 a key of 4096 bytes")
    void getToken_longestKey_isSent() {
        arc.nextKey("k".repeat(4096));

        direct(onArc()).getToken(REQUEST);

        assertEquals(2, count(arc));
    }

    @ParameterizedTest(name = "A4 {0}")
    @ValueSource(
            strings = {
                "4097 bytes",
                "empty",
                "only a line end",
                "line break inside",
                "blank inside",
                "not ASCII",
                "link",
                "directory"
            })
    void getToken_unfitKeyFile_failsAfterOneRequest(String what) throws IOException {
        Path key = keys.resolve("unfit.key");
        switch (what) {
            case "4097 bytes" -> Files.writeString(key, "k".repeat(4097));
            case "empty" -> Files.writeString(key, "");
            case "only a line end" -> Files.writeString(key, "\r\n");
            case "line break inside" -> Files.writeString(key, "a\r\nb");
            case "blank inside" -> Files.writeString(key, "a b");
            case "not ASCII" -> Files.writeString(key, "é");
            case "link" -> Files.createSymbolicLink(key, Files.writeString(elsewhere.resolve("target.key"), "stolen"));
            default -> Files.createDirectories(key);
        }
        challenge(key.toString());

        ClientAuthenticationException failure = failure(direct(onArc()));

        Expect.FAILED_FAILED.check(failure);
        assertFalse(failure.getMessage().contains("stolen"), failure::getMessage);
        assertEquals(1, count(arc));
    }

    @Test
    @DisplayName("A5 key file missing: names the group to join")
    void getToken_missingKeyFile_namesGroup() {
        challenge(keys.resolve("missing.key").toString());

        ClientAuthenticationException failure = failure(direct(onArc()));

        Expect.FAILED_FAILED.check(failure);
        assertEquals(
                "ManagedIdentityCredential: the key file of Azure Arc cannot be read (NoSuchFileException). Add this"
                        + " user to the group 'himds' and log in again.",
                failure.getMessage());
    }

    @ParameterizedTest(name = "A6 line end {0}")
    @CsvSource({"LF", "CRLF"})
    void getToken_quotedRealmAndLineEnd_sendsBareKey(String end) throws IOException {
        Path key = Files.writeString(keys.resolve("quoted.key"), "the-key" + (end.equals("LF") ? "\n" : "\r\n"));
        arc.enqueue(Reply.status(401).header("www-authenticate", "basic REALM=\"" + key + "\""), ok("T"));

        assertEquals("T", direct(onArc()).getToken(REQUEST).token());

        assertEquals("Basic the-key", arc.lastRequest().header("Authorization").orElseThrow());
    }

    @Test
    @DisplayName("A7 second answer 401")
    void getToken_keyRefused_failsAfterTwoRequests() throws IOException {
        Path key = Files.writeString(keys.resolve("stale.key"), "stale");
        arc.always(Reply.status(401).header("WWW-Authenticate", "Basic realm=" + key));

        Expect.FAILED_FAILED.check(failure(direct(onArc())));

        assertEquals(2, count(arc));
    }

    @Test
    @DisplayName("A8 first answer 200")
    void getToken_noChallenge_isAccepted() {
        arc.always(ok("T"));

        assertEquals("T", direct(onArc()).getToken(REQUEST).token());
        assertEquals(1, count(arc));
    }

    @Test
    @DisplayName("A9 unknown system")
    void getToken_otherSystem_isUnavailable() {
        Expect.UNAVAILABLE.check(failure(direct(onArc().property("os.name", "Mac OS X"))));

        assertEquals(0, arc.connections());
    }

    @Test
    @DisplayName("A10 Windows without ProgramData")
    void getToken_windowsWithoutProgramData_fails() {
        challenge("C:\\ProgramData\\AzureConnectedMachineAgent\\Tokens\\x.key");
        TestContext context = on(arc).property("os.name", "Windows 11");

        ClientAuthenticationException failure = failure(direct(context));

        Expect.FAILED_FAILED.check(failure);
        assertTrue(failure.getMessage().contains("ProgramData"), failure::getMessage);
    }

    @Test
    @DisplayName("A11 500, then the challenge: starts again at the first request")
    void getToken_serverErrors_startAgainAtFirstRequest() {
        arc.enqueue(
                Reply.status(500), Reply.passThrough(), Reply.status(503), Reply.passThrough(), Reply.passThrough());

        direct(onArc()).getToken(REQUEST);

        boolean[] answered = {false, false, true, false, true};
        assertEquals(answered.length, count(arc));
        for (int i = 0; i < answered.length; i++) {
            assertEquals(
                    answered[i], arc.requests().get(i).header("Authorization").isPresent(), "request " + i);
        }
    }

    @ParameterizedTest(name = "A12 redirect of request {0}")
    @ValueSource(ints = {1, 2})
    void getToken_redirect_isNotFollowed(int request) {
        Reply redirect = Reply.redirect(URI.create(cloud.appService().uri().toString()));
        if (request == 1) {
            arc.always(redirect);
        } else {
            arc.enqueue(Reply.passThrough(), redirect);
        }

        Expect.FAILED_FAILED.check(failure(direct(onArc())));

        assertEquals(request, count(arc));
        assertEquals(0, cloud.appService().connections());
    }

    @Test
    @DisplayName("T5 Arc 404: the identity is not assigned")
    void getToken_notFound_failsAfterTwoRequests() {
        arc.identities().systemAssigned(false);

        Expect.FAILED_FAILED.check(failure(direct(onArc())));

        assertEquals(2, count(arc));
    }

    @Test
    void getToken_defaultLinuxDirectory_isTheAgents() {
        challenge("/var/opt/azcmagent/tokens/not-there.key");

        ClientAuthenticationException failure = failure(direct(on(arc)));

        assertTrue(failure.getMessage().contains("himds"), failure::getMessage);
    }

    @ParameterizedTest(name = "windows {1}: {0} {2}")
    @CsvSource({
        "C:\\ProgramData\\A\\Tokens\\x.key, true, true",
        "c:\\programdata\\a\\TOKENS\\x.key, true, true",
        "C:\\ProgramData\\A\\Tokens\\x.KEY, true, false",
        "C:\\ProgramData\\A\\Tokens\\..\\x.key, true, false",
        "C:\\ProgramData\\A\\Tokens\\sub\\x.key, true, false",
        "C:\\ProgramData\\A\\Tokens\\sub/x.key, true, false",
        "C:\\ProgramData\\A\\Tokens\\x:y.key, true, false",
        "C:/ProgramData/A/Tokens/x.key, true, false",
        "x.key, true, false",
        "C:\\ProgramData\\A\\Tokens\\x.key, false, false"
    })
    void isKeyFile_path_isJudgedAsText(String path, boolean windows, boolean expected) {
        String directory = "C:\\ProgramData\\A\\Tokens\\";

        assertEquals(expected, ArcKeyPath.isKeyFile(path, directory, windows));
    }

    @Test
    void getToken_windows_namesItsGroup() {
        TestContext context = on(arc).property("os.name", "Windows 11").env("ProgramData", "C:\\ProgramData");
        challenge("C:\\ProgramData\\AzureConnectedMachineAgent\\Tokens\\x.key");

        ClientAuthenticationException failure = failure(direct(context));

        assertTrue(failure.getMessage().contains("'Hybrid agent extension applications'"), failure::getMessage);
    }

    @Test
    void explain_arc_isConfigured() {
        assertEquals(
                "Azure Arc, the host's own identity", direct(onArc()).explain().detail());
        assertTrue(direct(with(Map.of("IDENTITY_ENDPOINT", "x", "IMDS_ENDPOINT", "x")))
                .explain()
                .detail()
                .contains("IDENTITY_ENDPOINT"));
    }

    private void challenge(String realm) {
        arc.always(Reply.status(401).header("WWW-Authenticate", "Basic realm=" + realm));
    }
}
