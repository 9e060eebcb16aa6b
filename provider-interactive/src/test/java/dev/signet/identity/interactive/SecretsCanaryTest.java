// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.RecordedRequest;
import dev.signet.identity.testkit.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever happens, no code, device code, verifier, token, secret or password is logged, thrown or printed. */
@SuppressWarnings("deprecation")
class SecretsCanaryTest extends UserFixture {
    /** In every secret of every test here. */
    private static final String MARKER = "cAnArYmArKeR";

    private static final URI REDIRECT = URI.create("https://app.example/callback");

    private final List<String> texts = new ArrayList<>();
    private final Set<String> secrets = new TreeSet<>(Set.of(MARKER));

    private List<Reply> answers() {
        String tokens = "\"access_token\":\"" + MARKER + "\",\"refresh_token\":\"" + MARKER + "\",\"id_token\":\""
                + MARKER + "\"";
        return List.of(
                Reply.json(200, "{" + tokens + ",\"token_type\":\"Bearer\",\"expires_in\":3600}"),
                Reply.json(200, "{" + tokens),
                Reply.html(200, "<html>" + MARKER + "</html>"),
                Reply.json(400, "{\"error\":\"x\"," + tokens + "}"),
                Reply.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"code_verifier=" + MARKER + "\"}"),
                Reply.text(500, "device_code=" + MARKER + "&refresh_token=" + MARKER),
                Reply.passThrough().closeMidBody(),
                Reply.reset());
    }

    private Map<String, TokenCredential> credentials() {
        Application web = authority.registerApplication(
                Application.builder("web").secret("secret" + MARKER).build());
        Map<String, TokenCredential> all = new LinkedHashMap<>();
        all.put("browser", interactive().build());
        all.put(
                "device",
                DeviceCodeCredential.builder()
                        .context(context)
                        .prompt(info -> {
                            texts.add(info.toString());
                            secrets.add(info.userCode());
                            authority.signIns().openDevices().forEach(open -> authority
                                    .signIns()
                                    .approveDevice(open, alice));
                        })
                        .build());
        String code = authority.signIns().authorizationCode(alice, web, REDIRECT);
        secrets.add(code);
        all.put(
                "code",
                AuthorizationCodeCredential.builder()
                        .context(context)
                        .clientId("web")
                        .clientSecret("secret" + MARKER)
                        .authorizationCode(code)
                        .redirectUri(REDIRECT)
                        .build());
        all.put(
                "password",
                UsernamePasswordCredential.builder()
                        .context(context)
                        .username(alice.userName())
                        .password("wonder land&1")
                        .build());
        secrets.add("wonder land&1");
        return all;
    }

    @Test
    void anything_happens_secretsAreNotShown() {
        try (LogCapture log = LogCapture.start()) {
            credentials().values().forEach(this::use);
            authority.reset();
            for (Reply answer : answers()) {
                authority.always(answer);
                Map<String, TokenCredential> credentials = credentials();
                use(credentials.get("browser"));
                use(credentials.get("code"));
                use(credentials.get("password"));
                authority
                        .metadata()
                        .always(
                                Reply.json(
                                        200,
                                        "{\"device_code\":\"" + MARKER
                                                + "\",\"user_code\":\"ABCD1234X\",\"verification_uri\":\"https://x\",\"expires_in\":10}"));
                use(credentials.get("device"));
                authority.reset();
                authority.metadata().reset();
            }
            record(log);
        }
        cloud.allowViolations();

        assertTrue(texts.size() > 200, "texts: " + texts.size());
        assertTrue(secrets.size() > 40, "secrets: " + secrets.size());
        assertEquals(Set.of(), leaks());
    }

    @Test
    void deviceEndpoint_answersStrangely_secretsAreNotShown() {
        try (LogCapture log = LogCapture.start()) {
            for (String more : List.of("", ",\"user_code\":\"ABCD1234X\"", ",\"error\":\"x\"")) {
                authority
                        .metadata()
                        .always(Reply.json(
                                200,
                                "{\"device_code\":\"" + MARKER + "\",\"expires_in\":10,\"message\":\"m\"" + more
                                        + "}"));
                use(credentials().get("device"));
            }
            record(log);
        }
        cloud.allowViolations();

        assertEquals(Set.of(), leaks());
    }

    @Test
    void browser_bringsStrangeAnswers_secretsAreNotShown() {
        try (LogCapture log = LogCapture.start()) {
            browser.does(address -> {
                Map<String, String> query = TestBrowser.query(address);
                secrets.add(query.get("state"));
                URI redirect = TestBrowser.redirect(address);
                texts.add(TestBrowser.get(redirect.resolve("?code=" + MARKER)).body());
                texts.add(TestBrowser.post(redirect, "code=" + MARKER + "&state=" + MARKER)
                        .body());
                texts.add(TestBrowser.post(redirect, TestBrowser.form("code", MARKER, "state", query.get("state")))
                        .body());
            });
            use(credentials().get("browser"));
            browser.does(address -> TestBrowser.post(
                    TestBrowser.redirect(address),
                    TestBrowser.form(
                            "error",
                            "x",
                            "error_description",
                            "eyJ" + MARKER + ".eyJ" + MARKER + ".sig",
                            "state",
                            TestBrowser.query(address).get("state"))));
            use(credentials().get("browser"));
            record(log);
        }
        cloud.allowViolations();

        assertEquals(Set.of(), leaks());
    }

    @Test
    void canary_planted_isFound() {
        texts.add("a text with " + MARKER);

        assertFalse(leaks().isEmpty());
    }

    private void use(TokenCredential credential) {
        for (TokenRequestContext request :
                List.of(REQUEST, OTHER_REQUEST, REQUEST.withCaeEnabled(true), REQUEST.withClaims("{\"a\":1}"))) {
            try {
                texts.add(credential.getToken(request).toString());
            } catch (RuntimeException failure) {
                record(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
            }
        }
        texts.add(credential.toString());
        for (RecordedRequest request : authority.requests()) {
            for (String field : List.of("code", "device_code", "code_verifier", "refresh_token")) {
                request.form(field).ifPresent(secrets::add);
            }
        }
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
        Set<String> leaks = new TreeSet<>();
        for (String text : texts) {
            for (String secret : secrets) {
                if (text.contains(secret)) {
                    leaks.add(text);
                }
            }
        }
        return leaks;
    }
}
