// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever Entra answers, no text shows passwords, codes, tokens or what stands in a cache; MSAL's lines included. */
class SecretsCanaryTest extends EntraFixture {
    private static final String MARKER = "CANARY7f3a";

    private final List<String> texts = new ArrayList<>();
    private final MemoryStore store = new MemoryStore();

    private static List<Supplier<TransportResponse>> answers() {
        String good = ScriptedEntra.tokenBody(MARKER, 5, "");
        String noId = good.replaceFirst("\"id_token\":\"[^\"]*\"", "\"id_token\":\"" + MARKER + "\"");
        String brokenId = good.replaceFirst(
                "\"id_token\":\"[^\"]*\"",
                "\"id_token\":\"a." + ScriptedEntra.base64("{\"oid\":" + MARKER + "}") + ".c\"");
        String brokenInfo = good.replaceFirst(
                "\"client_info\":\"[^\"]*\"", "\"client_info\":\"" + ScriptedEntra.base64("{\"uid\":" + MARKER) + "\"");
        return List.of(
                () -> ScriptedEntra.response(200, good),
                () -> ScriptedEntra.response(200, noId),
                () -> ScriptedEntra.response(200, brokenId),
                () -> ScriptedEntra.response(200, brokenInfo),
                () -> ScriptedEntra.response(200, good.substring(0, good.length() - 3)),
                () -> ScriptedEntra.response(200, "{\"access_token\":\"" + MARKER + "\"}"),
                () -> ScriptedEntra.response(200, "{\"refresh_token\":\"" + MARKER + "\",\"access_token\":3}"),
                () -> ScriptedEntra.response(200, "<html>" + MARKER),
                () -> ScriptedEntra.response(400, "{\"error\":\"x\",\"refresh_token\":\"" + MARKER + "\"}"),
                () -> ScriptedEntra.response(
                        400, "{\"error\":\"invalid_grant\",\"error_description\":\"password=" + MARKER + "\"}"),
                () -> ScriptedEntra.response(500, "device_code=" + MARKER),
                ScriptedEntra.lost(new IOException("reset")));
    }

    private UserClient client(ScriptedEntra answering, Supplier<TransportResponse> answer) {
        context.transport(answering);
        for (int i = 0; i < 999; i++) {
            answering.next("token", answer);
        }
        return builder()
                .clientSecret(Secret.of("secret" + MARKER))
                .persistence(TokenCachePersistenceOptions.defaults())
                .stores((name, options, caeEnabled, unused) -> store)
                .build();
    }

    @Test
    void anything_happens_secretsAreNotShown() {
        try (LogCapture log = LogCapture.start()) {
            for (Supplier<TransportResponse> answer : answers()) {
                UserClient client = client(new ScriptedEntra(), answer);
                AuthorizationCode code = AuthorizationCode.of(
                                Secret.of("code" + MARKER), URI.create("http://localhost:8400"))
                        .withVerifier(Secret.of("verifier" + MARKER));
                texts.add(code.toString());
                use(UserLogin.of(client, request -> client.redeem(code, request)));
                use(UserLogin.of(
                        client, request -> client.deviceCode(prompt -> texts.add(prompt.toString()), request)));
                use(new UserPasswordLogin(client, "u@x", Secret.of("password" + MARKER))::fetch);
                texts.add(client.toString());
            }
            assertTrue(store.text.contains(MARKER), "nothing was ever kept");
            store.text = store.text.replace("\"expires_on\":\"", "\"expires_on\":\"x");
            UserClient broken = client(new ScriptedEntra(), answers().get(8));
            for (AuthenticationRecord account : broken.accounts(false)) {
                texts.add(account.toString());
                use((request, rejected) -> broken.silent(account, request).token());
            }
            record(log);
        }
        assertTrue(texts.size() > 100, "texts: " + texts.size());
        assertEquals(Set.of(), leaks());
    }

    @Test
    void prompt_withDeviceCode_isNotShown() {
        try (LogCapture log = LogCapture.start()) {
            ScriptedEntra answering = new ScriptedEntra();
            answering.next(
                    "devicecode",
                    200,
                    "{\"device_code\":\"" + MARKER + "\",\"user_code\":\"" + MARKER
                            + "\",\"verification_uri\":\"https://x\",\"expires_in\":900,\"interval\":1,\"message\":\"m\"}");
            UserClient client = client(answering, answers().get(9));
            use(UserLogin.of(client, request -> client.deviceCode(prompt -> texts.add(prompt.toString()), request)));
            record(log);
        }
        assertEquals(Set.of(), leaks());
    }

    @Test
    void canary_planted_isFound() {
        texts.add("a text with " + MARKER);

        assertFalse(leaks().isEmpty());
    }

    private void use(dev.signet.identity.core.TokenSource source) {
        for (TokenRequestContext request :
                List.of(REQUEST, REQUEST.withCaeEnabled(true), REQUEST.withClaims("{\"a\":1}"))) {
            try {
                texts.add(source.fetch(request, null).toString());
            } catch (RuntimeException failure) {
                record(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
            }
        }
        texts.add(source.toString());
    }

    private void record(LogCapture log) {
        for (ILoggingEvent event : log.all()) {
            texts.add(event.getFormattedMessage());
            for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
                texts.add(String.valueOf(thrown.getMessage()));
            }
        }
    }

    private void record(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return;
        }
        texts.add(failure.toString());
        if (failure instanceof ClientAuthenticationException known) {
            texts.add(known.details().toString());
            texts.add(known.details().responseBody().orElse(""));
        }
        if (failure instanceof AuthenticationRequiredException required) {
            texts.add(required.request().toString());
        }
        record(failure.getCause(), seen);
        for (Throwable suppressed : failure.getSuppressed()) {
            record(suppressed, seen);
        }
    }

    private Set<String> leaks() {
        return texts.stream().filter(text -> text.contains(MARKER)).collect(Collectors.toSet());
    }
}
