// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.testkit.ToolReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the failures of az are taken for. */
class AzureCliFailureTest extends AzureCliFixture {
    private static final String GENERIC =
            "ERROR: The command failed with an unexpected error. Here is the traceback:\n";
    private static final String TRACEBACK = GENERIC
            + "ERROR: Unable to get authority configuration for https://login.example/x.\n"
            + "Traceback (most recent call last):\n"
            + "  File \"/opt/az/lib/python/cli.py\", line 1, in invoke\n".repeat(40)
            + "To open a new issue, please run `az feedback`\n";

    static Stream<Arguments> absent() {
        return Stream.of(
                argumentSet(
                        "CLI-11",
                        ToolReply.failure("ERROR: Please run 'az login' to setup account.\n"),
                        "nobody is signed in to Azure CLI (Please run 'az login' to setup account.). Run `az login`."),
                argumentSet(
                        "CLI-12",
                        ToolReply.failure("ERROR: User 'u' does not exist in MSAL token cache. Run `az login`.\n"),
                        "nobody is signed in to Azure CLI (User 'u' does not exist in MSAL token cache. Run `az login`.)."
                                + " Run `az login`."),
                argumentSet(
                        "CLI-13",
                        ToolReply.failure(
                                "ERROR: No subscription found. Run 'az account set' to select a subscription.\n"),
                        "nobody is signed in to Azure CLI (No subscription found. Run 'az account set' to select a"
                                + " subscription.). Run `az login`. If you are signed in: `az account set --subscription"
                                + " <id>`."),
                argumentSet(
                        "a profile that is broken",
                        ToolReply.failure(
                                "Failed to load or parse file /x. It will be overridden by default settings.\n"
                                        + "ERROR: Please run 'az login' to setup account.\n"),
                        "nobody is signed in to Azure CLI (Failed to load or parse file /x. It will be overridden by"
                                + " default settings.). Run `az login`."),
                argumentSet(
                        "said on the standard output",
                        ToolReply.output("Please run AZ LOGIN\n").exitCode(1),
                        "nobody is signed in to Azure CLI (Please run AZ LOGIN). Run `az login`."));
    }

    @ParameterizedTest
    @MethodSource("absent")
    void getToken_notSignedIn_saysWhatToType(ToolReply reply, String message) {
        tool.always(reply);
        isUnavailable(credential(), REQUEST, "AzureCliCredential: " + message);
        assertEquals(
                Optional.of(UnavailableReason.NOT_SIGNED_IN),
                failure(credential(), REQUEST).details().unavailableReason());
    }

    @Test
    void getToken_notSignedInToTenant_saysWhichOne() {
        tool.always(ToolReply.failure("ERROR: Please run 'az login' to setup account.\n"));
        isUnavailable(
                builder().tenantId(TENANT).build(),
                REQUEST,
                "AzureCliCredential: nobody is signed in to Azure CLI (Please run 'az login' to setup account.). Run"
                        + " `az login --tenant " + TENANT + "`.");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                argumentSet(
                        "CLI-16",
                        ToolReply.failure(
                                "ERROR: Subscription 'nope' not found. Check the spelling and casing and try again.\n"),
                        "az failed with exit code 1: Subscription 'nope' not found. Check the spelling and casing and try"
                                + " again. Look for the subscription's id: `az account list --output table`."),
                argumentSet(
                        "CLI-17",
                        ToolReply.failure(TRACEBACK),
                        "az failed with exit code 1: Unable to get authority configuration for https://login.example/x."
                                + BY_HAND),
                argumentSet(
                        "CLI-17 no network",
                        ToolReply.failure(
                                GENERIC + "ERROR: HTTPSConnectionPool(host='x', port=443): Max retries exceeded\n"
                                        + "Traceback (most recent call last):\n  File x\n"),
                        "az failed with exit code 1: HTTPSConnectionPool(host='x', port=443): Max retries exceeded. Check"
                                + " the network, and HTTPS_PROXY if there is a proxy."),
                argumentSet(
                        "CLI-17 intercepted TLS",
                        ToolReply.failure("ERROR: CERTIFICATE_VERIFY_FAILED\nCertificate verification failed.\n"),
                        "az failed with exit code 1: CERTIFICATE_VERIFY_FAILED Certificate verification failed. Name the"
                                + " certificates of your network's proxy in REQUESTS_CA_BUNDLE."),
                argumentSet(
                        "CLI-17 bare traceback",
                        ToolReply.failure("Traceback (most recent call last):\n  File \"x\", line 1\n"
                                + "PermissionError: [Errno 13] Permission denied: '/home/me/.azure'\n"),
                        "az failed with exit code 1: PermissionError: [Errno 13] Permission denied: '/home/me/.azure'."
                                + BY_HAND),
                argumentSet(
                        "CLI-18",
                        ToolReply.failure("ERROR: unrecognized arguments: --bogus x\n")
                                .exitCode(2),
                        "az failed with exit code 2: unrecognized arguments: --bogus x." + BY_HAND),
                argumentSet(
                        "CLI-18 not a program that is missing",
                        ToolReply.failure("ERROR: 'x' is misspelled or not recognized by the system.\n")
                                .exitCode(2),
                        "az failed with exit code 2: 'x' is misspelled or not recognized by the system." + BY_HAND),
                argumentSet("CLI-21", ToolReply.failure(""), "az failed with exit code 1 and said nothing." + BY_HAND),
                argumentSet(
                        "warnings are left out",
                        ToolReply.failure("WARNING: old\nERROR: broken\n"),
                        "az failed with exit code 1: broken." + BY_HAND),
                argumentSet(
                        "terminated by somebody else",
                        ToolReply.failure("").exitCode(143),
                        "az failed with exit code 143 and said nothing." + BY_HAND),
                argumentSet(
                        "CLI-38",
                        ToolReply.output("")
                                .errors("ERROR: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1))
                                .exitCode(1),
                        "az failed with exit code 1: caf\ufffd." + BY_HAND));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void getToken_otherFailure_isARefusal(ToolReply reply, String message) {
        tool.always(reply);
        ClientAuthenticationException failure = isRefused(credential(), REQUEST, "AzureCliCredential: " + message);
        assertEquals(Outcome.REJECTED, failure.outcome());
    }

    @Test
    @DisplayName("CLI-14")
    void getToken_refusedByEntra_isNoMatterOfSigningIn() {
        tool.always(ToolReply.failure("ERROR: AADSTS500011: The resource principal named https://x was not found in the"
                + " tenant named y. Trace ID: 7 Correlation ID: 4815f823-85ad-4f53-88a5-27f36871072a Timestamp: z\n"
                + "Interactive authentication is needed. Please run:\naz login\n"));

        ClientAuthenticationException failure = isRefused(
                credential(),
                REQUEST,
                "AzureCliCredential: Entra refused Azure CLI: AADSTS500011: The resource principal named https://x was not"
                        + " found in the tenant named y. Trace ID: 7 Correlation ID: 4815f823-85ad-4f53-88a5-27f36871072a"
                        + " Timestamp: z Interactive authentication is needed. Please run: az login. Check the scope: no"
                        + " resource of that name is known in this tenant.");
        assertEquals(List.of(500011), failure.details().aadstsCodes());
        assertEquals(
                Optional.of("4815f823-85ad-4f53-88a5-27f36871072a"),
                failure.details().correlationId());
    }

    @Test
    @DisplayName("CLI-15")
    void getToken_refreshTokenExpired_keepsTheCommand() {
        tool.always(
                ToolReply.failure("ERROR: AADSTS700082: expired.\nInteractive authentication is needed. Please run:\n"
                        + "az login --scope https://storage.azure.com/.default\n"));

        isRefused(
                credential(),
                REQUEST,
                "AzureCliCredential: Entra refused Azure CLI: AADSTS700082: expired. Interactive authentication is needed."
                        + " Please run: az login --scope https://storage.azure.com/.default. Run `az login --scope"
                        + " https://storage.azure.com/.default`.");
    }

    @Test
    @DisplayName("CLI-15 hostile command")
    void getToken_commandWithMeaning_isNoRemedy() {
        tool.always(ToolReply.failure("ERROR: AADSTS700082: expired.\naz login --scope x; rm -rf /\n"));

        assertEquals(
                Optional.of("Run `az login --tenant " + TENANT + "`."),
                failure(builder().tenantId(TENANT).build(), REQUEST).details().remedy());
    }

    @Test
    @DisplayName("CLI-17 bounds")
    void getToken_endlessError_isShortInTheMessageAndWholeInTheLog() {
        tool.always(ToolReply.failure("ERROR: " + "long. ".repeat(500) + "\nend of it\n"));
        ClientAuthenticationException failure = failure(credential(), REQUEST);
        assertTrue(failure.details().reason().length() < 600, failure::getMessage);
        assertTrue(log.lines().contains("DEBUG az said: end of it"), () -> log.lines()
                .toString());
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                argumentSet(
                        "CLI-19", ToolReply.failure("/bin/sh: az: not found\n").exitCode(127)),
                argumentSet(
                        "CLI-20", ToolReply.failure("'az' is not recognized as an internal or external command,\n")),
                argumentSet(
                        "CLI-20 other exit code",
                        ToolReply.failure("'az' is not recognized as an internal or external command,\n")
                                .exitCode(3)),
                argumentSet(
                        "CLI-20 other language",
                        ToolReply.failure("az: not found").exitCode(127)));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void getToken_wrapperWithoutTool_isNotFound(ToolReply reply) {
        tool.always(reply);
        isUnavailable(credential(), REQUEST, NOT_FOUND);
    }

    @Test
    @DisplayName("CLI-07")
    void getToken_nothingOnThePath_isNotFound() {
        context.env("PATH", directory.resolve("empty").toString());
        isUnavailable(credential(), REQUEST, NOT_FOUND);
        context.env("PATH", null);
        isUnavailable(credential(), REQUEST, NOT_FOUND);
        assertEquals(0, runs());
        assertEquals(
                Optional.of(UnavailableReason.NOT_REACHABLE),
                failure(credential(), REQUEST).details().unavailableReason());
    }

    @Test
    @DisplayName("CLI-08")
    void getToken_fileThatCannotBeRun_isNotFound() {
        assertTrue(tool.file().toFile().setExecutable(false));
        isUnavailable(credential(), REQUEST, NOT_FOUND);
    }

    @Test
    @DisplayName("CLI-09")
    void getToken_interpreterIsGone_namesTheFile() throws IOException {
        Files.writeString(tool.file(), "#!/no/such/interpreter\n");
        isUnavailable(
                credential(),
                REQUEST,
                "AzureCliCredential: Azure CLI found at <dir>/az but could not be started: error 2. Check the"
                        + " installation." + INSTALL);
    }

    @Test
    @DisplayName("CLI-10")
    void getToken_plantedFile_neverRuns() throws IOException {
        Path planted = Path.of("az");
        assertFalse(Files.exists(planted));
        try {
            Files.copy(tool.file(), planted);
            assertTrue(planted.toFile().setExecutable(true));
            for (String path : List.of(":.", "", ".", "./", "target:..")) {
                context.env("PATH", path);
                isUnavailable(credential(), REQUEST, NOT_FOUND);
            }
        } finally {
            Files.delete(planted);
        }
        assertEquals(0, runs());
    }

    @Test
    @DisplayName("CLI-64")
    void getToken_afterAFailure_asksAgain() {
        tool.enqueue(ToolReply.failure("ERROR: Please run 'az login' to setup account.\n"), success());
        AzureCliCredential credential = builder().build();
        failure(credential, REQUEST);
        assertEquals(TOKEN, credential.getToken(REQUEST).token());
    }

    @Test
    @DisplayName("CLI-64 installed meanwhile")
    void getToken_toolInstalledLater_isFound() {
        context.env("PATH", "/nowhere");
        AzureCliCredential credential = builder().build();
        failure(credential, REQUEST);
        context.env("PATH", directory.toString());
        tool.always(success());
        assertEquals(TOKEN, credential.getToken(REQUEST).token());
    }

    @Test
    void getToken_secretsInErrors_areMasked() {
        tool.always(ToolReply.failure("ERROR: client_secret=" + MARKER + " eyJ" + MARKER + ".eyJ" + MARKER + ".x "
                + MARKER.repeat(6) + " \"Token\" : \"" + MARKER + "\n"));
        isRefused(
                credential(),
                REQUEST,
                "AzureCliCredential: az failed with exit code 1: client_secret=*** *** *** \"Token\" : \"***."
                        + BY_HAND);
    }

    @Test
    void processTimeout_fraction_isNotRoundedToNothing() {
        tool.always(success());
        assertEquals(
                TOKEN,
                builder()
                        .processTimeout(Duration.ofMillis(900))
                        .build()
                        .getToken(REQUEST)
                        .token());
    }
}
