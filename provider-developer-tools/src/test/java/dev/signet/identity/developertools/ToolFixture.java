// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ChainMember;
import dev.signet.identity.testkit.ScriptedTool;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.ToolReply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A scripted tool that is the whole path, and what holds for every row: no process is left, no token is told. */
@Timeout(60)
@ExtendWith(LeftProcesses.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs shell scripts")
abstract class ToolFixture {
    /** In every token of every test. */
    static final String MARKER = "cAnArYmArKeR";

    static final String TOKEN = "T1-" + MARKER;
    static final String SCOPE = "https://storage.azure.com/.default";
    static final TokenRequestContext REQUEST = TokenRequestContext.of(SCOPE);
    static final String TENANT = "contoso.onmicrosoft.com";
    static final String CLAIMS = "{\"access_token\":{}}";
    static final String CLAIMS_BASE64 = "eyJhY2Nlc3NfdG9rZW4iOnt9fQ==";

    @TempDir
    Path directory;

    final TestContext context = new TestContext();
    final Instant expiry = context.clock().instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    final CapturedLog log = new CapturedLog();
    private final String run = LeftProcesses.nextTest();
    ScriptedTool tool;

    abstract String toolName();

    abstract TokenCredential credential();

    abstract ToolReply success();

    @BeforeEach
    void install() {
        log.start();
        tool = ScriptedTool.install(directory, toolName());
        context.environment(tool.environment()).env(LeftProcesses.VARIABLE, run);
    }

    @AfterEach
    void nothingIsLeftAndNothingWasTold() {
        log.stop();
        try {
            assertEquals(List.of(), LeftProcesses.of(run, 1000));
            log.lines().forEach(line -> assertFalse(line.contains(MARKER), line));
        } finally {
            tool.close();
        }
    }

    /** On its own and in a chain. */
    void givesToken(TokenCredential credential, String token, Instant expiresOn) {
        for (TokenCredential form : forms(credential)) {
            AccessToken given = form.getToken(REQUEST);
            assertEquals(token, given.token());
            assertEquals(expiresOn, given.expiresOn());
            assertEquals(credential.toString(), given.credentialName());
        }
    }

    void givesToken(ToolReply reply) {
        tool.always(reply);
        givesToken(credential(), TOKEN, expiry);
    }

    /** A prerequisite is absent: a chain goes on, whoever made it. */
    void isUnavailable(TokenCredential credential, TokenRequestContext request, String message) {
        for (TokenCredential form : forms(credential)) {
            ClientAuthenticationException failure = failure(form, request);
            assertEquals(message, plain(failure));
            assertTrue(failure instanceof CredentialUnavailableException, failure::toString);
            assertTrue(
                    failure.outcome() == Outcome.UNAVAILABLE || failure.outcome() == Outcome.INTERACTION_REQUIRED,
                    failure::toString);
        }
    }

    /** It was tried: a chain of the caller's stops, the default chain goes on behind a developer tool. */
    ClientAuthenticationException isRefused(TokenCredential credential, TokenRequestContext request, String message) {
        ClientAuthenticationException failure = null;
        for (TokenCredential form : forms(credential)) {
            failure = failure(form, request);
            assertEquals(message, plain(failure));
            assertEquals(ClientAuthenticationException.class, failure.getClass());
            assertTrue(
                    failure.outcome() == Outcome.REJECTED || failure.outcome() == Outcome.TRANSIENT, failure::toString);
        }
        return failure;
    }

    static void isIllegal(TokenCredential credential, TokenRequestContext request, String message) {
        for (TokenCredential form : forms(credential)) {
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> form.getToken(request))
                            .getMessage());
        }
    }

    ClientAuthenticationException failure(TokenCredential credential, TokenRequestContext request) {
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(request));
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains(MARKER), cause::toString);
        }
        assertFalse(failure.details().reason().contains(MARKER));
        return failure;
    }

    private static TokenCredential[] forms(TokenCredential credential) {
        return new TokenCredential[] {credential, ((ChainMember) credential).asChainMember()};
    }

    /** The message, whatever the directory and the time are. */
    String plain(ClientAuthenticationException failure) {
        return failure.getMessage()
                .replace(directory.toString(), "<dir>")
                .replace("error=2, No such file or directory", "error 2")
                .replace("Exec failed, error: 2 (No such file or directory)", "error 2")
                .replaceAll("ended after [0-9.]+ s", "ended after <n> s");
    }

    int runs() {
        return tool.runs().size();
    }
}
