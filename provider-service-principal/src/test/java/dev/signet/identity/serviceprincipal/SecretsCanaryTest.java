// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestCertificate;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever happens, no secret, password, key, assertion or token is logged, thrown or printed. */
class SecretsCanaryTest extends ApplicationFixture {
    private static final String MARKER = "cAnArYmArKeR";
    private static final TestCertificate CERTIFICATE = CertificateCredentialTest.SINGLE;

    @TempDir
    Path directory;

    private final LoggerContext logging = new LoggerContext();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final List<String> texts = new ArrayList<>();
    private final Set<String> forbidden = new TreeSet<>(Set.of(MARKER));
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Level before;

    @BeforeEach
    void listen() {
        before = root.getLevel();
        root.setLevel(Level.TRACE);
        events.setContext(logging);
        events.start();
        root.addAppender(events);
        String[] key = CERTIFICATE.keyPem().split("\n");
        forbidden.add(key[1]);
        forbidden.add(key[key.length / 2]);
    }

    @AfterEach
    void endListening() {
        root.detachAppender(events);
        root.setLevel(before);
    }

    private static Reply[] answers() {
        return new Reply[] {
            Reply.passThrough(),
            Reply.json(200, "{\"access_token\":\"" + MARKER + "\",\"expires_in\":86400}"),
            Reply.json(200, "{\"access_token\":\"" + MARKER + "\"}"),
            Reply.json(200, "{\"access_token\":\"" + MARKER + " \\n\",\"expires_in\":5}"),
            Reply.json(200, "{\"access_token\":\"" + MARKER + "\",\"expi"),
            Reply.html(200, "<html>" + MARKER + "</html>"),
            Reply.json(400, "{\"access_token\":\"" + MARKER + "\"}"),
            Reply.json(401, "{\"error\":\"invalid_client\",\"error_description\":\"client_secret=" + MARKER + "\"}"),
            Reply.text(400, "client_assertion=" + MARKER + "&x=y"),
            Reply.text(500, "assertion=" + MARKER),
            Reply.passThrough().closeMidBody(),
            Reply.reset(),
            Reply.status(302).header("Location", "https://x/?token=" + MARKER)
        };
    }

    private TokenCredential credential(String kind) throws IOException {
        return switch (kind) {
            case "secret" -> secret(b -> b.clientSecret(MARKER));
            case "supplied" -> secret(b -> b.clientSecretSupplier(() -> MARKER));
            case "certificate" ->
                certificate(
                        ClientCertificate.ofFile(Files.write(directory.resolve("c.pfx"), CERTIFICATE.pkcs12(MARKER)))
                                .withPassword(MARKER)
                                .withChainSent());
            case "assertion" ->
                ClientAssertionCredential.builder()
                        .tenantId(TENANT)
                        .clientId(CLIENT_ID)
                        .clientAssertion(() -> MARKER)
                        .context(context)
                        .build();
            case "pipelines" ->
                AzurePipelinesCredential.builder()
                        .tenantId(TENANT)
                        .clientId(CLIENT_ID)
                        .serviceConnectionId("connection")
                        .systemAccessToken(MARKER)
                        .context(with(cloud.azurePipelines().environment()))
                        .build();
            case "workflow" ->
                GitHubActionsCredential.builder()
                        .tenantId(TENANT)
                        .clientId(CLIENT_ID)
                        .context(
                                with(cloud.gitHubActions().environment()).env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", MARKER))
                        .build();
            case "on-behalf-of" ->
                OnBehalfOfCredential.builder()
                        .tenantId(TENANT)
                        .clientId(CLIENT_ID)
                        .clientSecret(MARKER)
                        .userAssertion("user-" + MARKER)
                        .context(context)
                        .build();
            default ->
                EnvironmentCredential.create(with(Map.of(
                        "AZURE_TENANT_ID", TENANT, "AZURE_CLIENT_ID", CLIENT_ID, "AZURE_CLIENT_SECRET", MARKER)));
        };
    }

    private TokenCredential secret(Function<ClientSecretCredential.Builder, ClientSecretCredential.Builder> change) {
        return change.apply(ClientSecretCredential.builder()
                        .tenantId(TENANT)
                        .clientId(CLIENT_ID)
                        .context(context))
                .build();
    }

    private TokenCredential certificate(ClientCertificate certificate) {
        record(certificate.toString());
        return CertificateCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .certificate(certificate)
                .context(context)
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "supplied",
                "certificate",
                "assertion",
                "pipelines",
                "workflow",
                "on-behalf-of",
                "environment"
            })
    void anything_happens_secretsAreNotShown(String kind) throws IOException {
        register(application().secret(MARKER).assertion(MARKER).certificate(CERTIFICATE.certificate()));
        cloud.allowViolations();
        for (Reply answer : answers()) {
            cloud.authority().always(answer);
            if (kind.equals("pipelines")) {
                cloud.azurePipelines().always(answer);
            } else if (kind.equals("workflow")) {
                cloud.gitHubActions().always(answer);
            }
            TokenCredential credential = credential(kind);
            use(credential);
            context.clock().advance(Duration.ofHours(25));
            use(credential);
            record(credential.toString());
            cloud.reset();
            cloud.allowViolations();
        }

        assertTrue(events.list.size() > 50, "log events: " + events.list.size());
        assertEquals(Set.of(), leaks());
    }

    @Test
    void unusableCertificates_doNotShowWhatTheyHold() throws IOException {
        String encrypted = CERTIFICATE.encryptedKeyPem("right") + CERTIFICATE.certificatePem();
        String[] contents = {
            encrypted,
            CERTIFICATE.keyPem(),
            CERTIFICATE.keyPem() + CERTIFICATE.keyPem(),
            CERTIFICATE.pem().substring(0, 400),
            CERTIFICATE.pem().replace("-----END PRIVATE KEY", "!-----END PRIVATE KEY"),
            CERTIFICATE.pem().replace("MII", "MIX"),
            MARKER
        };
        for (String content : contents) {
            Path file = Files.writeString(directory.resolve("c.pem"), content);
            use(certificate(ClientCertificate.ofFile(file).withPassword(MARKER)));
            try {
                TokenCredential unused =
                        certificate(ClientCertificate.ofBytes(content.getBytes(StandardCharsets.US_ASCII))
                                .withPassword(MARKER));
            } catch (IllegalArgumentException refused) {
                record(refused, new IdentityHashMap<>());
            }
        }

        assertEquals(Set.of(), leaks());
    }

    @Test
    void malformedValues_areNotShown() {
        TestContext broken =
                with(cloud.gitHubActions().environment()).env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", MARKER + "\r\nX: y");
        use(GitHubActionsCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .context(broken)
                .build());
        use(GitHubActionsCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .context(broken.env("ACTIONS_ID_TOKEN_REQUEST_URL", "http://x/?" + MARKER))
                .build());

        assertEquals(Set.of(), leaks());
    }

    @Test
    void canary_planted_isFound() {
        record("a text with " + MARKER);

        assertFalse(leaks().isEmpty());
    }

    private void use(TokenCredential credential) {
        for (TokenCredential form :
                List.of(credential, ((dev.signet.identity.spi.ChainMember) credential).asChainMember())) {
            try {
                record(form.getToken(REQUEST).toString());
                record(form.getToken(REQUEST.withClaims("{\"access_token\":{}}"))
                        .toString());
            } catch (RuntimeException failure) {
                record(failure, new IdentityHashMap<>());
            }
        }
    }

    private void record(String text) {
        texts.add(String.valueOf(text));
    }

    private void record(Throwable failure, Map<Throwable, Boolean> seen) {
        if (failure == null || seen.put(failure, true) != null) {
            return;
        }
        record(failure.toString());
        if (failure instanceof ClientAuthenticationException known) {
            record(known.details().toString());
            record(known.details().responseBody().orElse(""));
        }
        record(failure.getCause(), seen);
        for (Throwable suppressed : failure.getSuppressed()) {
            record(suppressed, seen);
        }
    }

    private Set<String> leaks() {
        for (ILoggingEvent event : events.list) {
            record(event.getFormattedMessage());
            for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
                record(thrown.getMessage());
            }
        }
        Set<String> leaks = new TreeSet<>();
        for (String text : texts) {
            for (String secret : forbidden) {
                if (text.contains(secret)) {
                    leaks.add(text);
                }
            }
        }
        return leaks;
    }
}
