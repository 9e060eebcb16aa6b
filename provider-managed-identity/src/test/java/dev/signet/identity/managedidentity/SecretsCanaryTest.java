// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.CloudEndpoint;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row L1: whatever happens, nothing secret is logged, thrown or printed. */
class SecretsCanaryTest extends PodFixture {
    /** In every secret of every test here. */
    private static final String MARKER = "cAnArYmArKeR";

    private final LoggerContext logging = new LoggerContext();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final List<String> texts = new ArrayList<>();
    private Logger root;
    private Level before;

    @BeforeEach
    void listen() {
        root = (Logger) org.slf4j.LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        before = root.getLevel();
        root.setLevel(Level.TRACE);
        events.setContext(logging);
        events.start();
        root.addAppender(events);
    }

    @AfterEach
    void endListening() {
        root.detachAppender(events);
        root.setLevel(before);
    }

    private static Reply[] answers() {
        String error = MARKER + "\",\"error_description\":\"eyJ" + MARKER + ".eyJ" + MARKER + ".sig";
        return new Reply[] {
            Reply.json(200, "{\"access_token\":\"" + MARKER + "\",\"expires_in\":86400}"),
            Reply.json(200, "{\"access_token\":\"" + MARKER + "\"}"),
            Reply.json(200, "{\"access_token\":\"" + MARKER + "\",\"expires_on\":\"1000\"}"),
            Reply.json(200, "{\"access_token\":\"" + MARKER + " \\n\",\"expires_in\":\"5\"}"),
            Reply.json(200, "{\"access_token\":\"" + MARKER + "\",\"expires_on\":\"" + MARKER + "\"}"),
            Reply.json(200, "{\"access_token\":\"" + MARKER + "\",\"token_type\":\"pop\",\"expires_in\":5}"),
            Reply.json(200, "{\"access_token\":\"" + MARKER + "\",\"expi"),
            Reply.html(200, "<html>" + MARKER + "</html>"),
            Reply.json(400, "{\"access_token\":\"" + MARKER + "\"}"),
            Reply.json(403, "{\"error\":{\"code\":\"x\",\"message\":\"secret=" + MARKER + "\"}}"),
            Reply.json(500, "{\"error\":\"x\",\"error_description\":\"eyJ" + error.substring(0, 8) + "\"}")
                    .header("Retry-After", "1"),
            Reply.text(400, "client_assertion=" + MARKER + "&x=y"),
            Reply.passThrough().closeMidBody(),
            Reply.reset(),
            Reply.oversized((1 << 20) + 1),
            Reply.status(302).header("Location", "http://x/" + MARKER)
        };
    }

    @ParameterizedTest(name = "L1 {0}")
    @ValueSource(
            strings = {
                "app-service",
                "azure-ml",
                "imds",
                "cloud-shell",
                "service-fabric",
                "arc",
                "workload",
                "federated"
            })
    void anything_happens_secretsAreNotShown(String source) throws IOException {
        write(MARKER);
        accept(MARKER);
        for (Reply answer : answers()) {
            TestContext context = context(source);
            CloudEndpoint endpoint = endpoint(source);
            endpoint.reset();
            if (source.equals("arc")) {
                cloud.arc().nextKey(MARKER);
                endpoint.enqueue(Reply.passThrough(), answer);
            } else {
                endpoint.always(answer);
            }
            for (TokenCredential credential : credentials(source, context)) {
                use(credential);
                context.clock().advance(Duration.ofHours(13));
                use(credential);
                record(credential.toString());
            }
            record(context.toString());
            cloud.reset();
        }
        cloud.allowViolations();

        assertTrue(events.list.size() > 50, "log events: " + events.list.size());
        assertEquals(Set.of(), leaks());
    }

    @Test
    @DisplayName("L1 malformed secrets")
    void malformedSecrets_areNotShown() throws IOException {
        String broken = MARKER + "\r\nX: y";
        use(direct(on(cloud.appService()).env("IDENTITY_HEADER", broken)));
        use(direct(on(cloud.azureMl()).env("MSI_SECRET", broken)));
        use(direct(on(cloud.serviceFabric()).env("IDENTITY_HEADER", broken)));
        use(direct(on(cloud.serviceFabric()).env("IDENTITY_SERVER_THUMBPRINT", "00".repeat(20))));
        Path key = Files.writeString(
                Files.createDirectories(cloud.arc().keyDirectory()).resolve("x.key"), broken);
        cloud.arc().always(Reply.status(401).header("WWW-Authenticate", "Basic realm=" + key));
        use(direct(onArc()));
        write(MARKER.repeat(10_000));
        use(workload(pod));
        record(new FederatedTokenFile("x", tokenFile).toString());
        cloud.allowViolations();

        assertEquals(Set.of(), leaks());
    }

    @Test
    void canary_planted_isFound() {
        record("a text with " + MARKER);

        assertFalse(leaks().isEmpty());
    }

    private Set<String> leaks() {
        for (ILoggingEvent event : events.list) {
            record(event.getFormattedMessage());
            for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
                record(thrown.getMessage());
            }
        }
        return texts.stream().filter(text -> text.contains(MARKER)).collect(java.util.stream.Collectors.toSet());
    }

    private void record(String text) {
        texts.add(String.valueOf(text));
    }

    private void use(TokenCredential credential) {
        try {
            record(credential.getToken(REQUEST).toString());
            record(credential
                    .getToken(REQUEST.withClaims("{\"access_token\":{}}"))
                    .toString());
        } catch (RuntimeException failure) {
            record(failure, new IdentityHashMap<>());
        }
    }

    private void record(Throwable failure, Map<Throwable, Boolean> seen) {
        if (failure == null || seen.put(failure, true) != null) {
            return;
        }
        record(failure.toString());
        if (failure instanceof dev.signet.identity.ClientAuthenticationException known) {
            record(known.details().toString());
            record(known.details().responseBody().orElse(""));
            record(known.details().reason());
            record(known.details().claims().orElse(""));
        }
        record(failure.getCause(), seen);
        for (Throwable suppressed : failure.getSuppressed()) {
            record(suppressed, seen);
        }
    }

    private CloudEndpoint endpoint(String source) {
        return switch (source) {
            case "app-service" -> cloud.appService();
            case "azure-ml" -> cloud.azureMl();
            case "imds" -> cloud.imds();
            case "cloud-shell" -> cloud.cloudShell();
            case "service-fabric" -> cloud.serviceFabric();
            case "arc" -> cloud.arc();
            default -> cloud.authority();
        };
    }

    private TestContext context(String source) {
        return switch (source) {
            case "arc" -> onArc();
            case "workload" -> pod;
            case "federated" ->
                inPod(cloud.imds().environment())
                        .authorityHost(cloud.authority().uri());
            case "imds" -> onMachine();
            default -> on(endpoint(source));
        };
    }

    private List<TokenCredential> credentials(String source, TestContext context) {
        if (source.equals("workload")) {
            return List.of(workload(context), workload(context).asChainMember(), direct(context));
        }
        if (source.equals("federated")) {
            return List.of(ManagedIdentityAsFederatedIdentityCredential.builder()
                    .context(context)
                    .tenantId(TENANT)
                    .clientId(CLIENT_ID)
                    .build());
        }
        return List.of(direct(context), chained(context));
    }
}
