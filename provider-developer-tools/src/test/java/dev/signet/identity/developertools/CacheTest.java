// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.testkit.DirectExecutor;
import dev.signet.identity.testkit.ToolReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that are kept for a while, and when they are not. */
class CacheTest extends AzureCliFixture {
    private Path profile;

    @BeforeEach
    void signIn() throws IOException {
        Path configuration = Files.createDirectory(directory.resolve("config"));
        profile = Files.writeString(configuration.resolve("azureProfile.json"), "{}");
        context.env("AZURE_CONFIG_DIR", configuration.toString()).executor(new DirectExecutor());
        tool.always(ToolReply.azToken(TOKEN, expiry));
    }

    private TokenCredential kept() {
        return builder().cacheFor(Duration.ofMinutes(10)).build();
    }

    private void ask(TokenCredential credential, int expectedRuns) {
        assertEquals(TOKEN, credential.getToken(REQUEST).token());
        assertEquals(TOKEN, credential.getTokenAsync(REQUEST).join().token());
        assertEquals(expectedRuns, runs());
    }

    @Test
    void getToken_notTold_asksEachTime() {
        ask(credential(), 2);
    }

    @Test
    void getToken_kept_asksOnce() {
        TokenCredential credential = kept();
        ask(credential, 1);
        ask(credential, 1);
        credential.getToken(TokenRequestContext.of("https://other/.default"));
        assertEquals(2, runs());
    }

    @Test
    void getToken_keptByContext_asksOnce() {
        context.setting("cacheFor", "PT10M");
        ask(credential(), 1);
    }

    @Test
    void getToken_somebodyElseSignedIn_asksAtOnce() throws IOException {
        TokenCredential credential = kept();
        ask(credential, 1);
        Files.setLastModifiedTime(profile, FileTime.fromMillis(1_000_000));
        ask(credential, 2);
        Files.writeString(profile, "{\"longer\": true}");
        Files.setLastModifiedTime(profile, FileTime.fromMillis(1_000_000));
        ask(credential, 3);
        Files.delete(profile);
        ask(credential, 4);
        ask(credential, 4);
    }

    @Test
    void getToken_otherFilesOfTheTool_doNotMatter() throws IOException {
        TokenCredential credential = kept();
        ask(credential, 1);
        Files.writeString(profile.resolveSibling("msal_token_cache.json"), "{}");
        ask(credential, 1);
    }

    @Test
    void getToken_olderThanAllowed_asksAgain() {
        TokenCredential credential = kept();
        ask(credential, 1);
        context.clock().advance(Duration.ofMinutes(9));
        ask(credential, 1);
        context.clock().advance(Duration.ofMinutes(1));
        ask(credential, 2);
        context.clock().advance(Duration.ofMinutes(-30));
        ask(credential, 3);
    }

    @Test
    void getToken_aboutToExpire_isRenewedAndServesMeanwhile() {
        TokenCredential credential = builder().cacheFor(Duration.ofHours(2)).build();
        ask(credential, 1);
        context.clock().advance(Duration.ofMinutes(56));
        tool.always(ToolReply.failure("ERROR: Please run 'az login' to setup account.\n"));
        ask(credential, 2);
        context.clock().advance(Duration.ofSeconds(31));
        ask(credential, 3);
    }

    @Test
    void getToken_failure_isNotKept() {
        tool.enqueue(ToolReply.failure("ERROR: x\n"));
        TokenCredential credential = kept();
        failure(credential, REQUEST);
        ask(credential, 2);
    }

    @Test
    void chainMember_keptToken_isForgottenToo() throws IOException {
        TokenCredential member =
                builder().cacheFor(Duration.ofMinutes(10)).build().asChainMember();
        ask(member, 1);
        Files.setLastModifiedTime(profile, FileTime.fromMillis(1_000_000));
        ask(member, 2);
    }
}
