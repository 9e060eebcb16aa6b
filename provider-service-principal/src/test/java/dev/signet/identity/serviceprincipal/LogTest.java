// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is said once, and how loud. */
class LogTest extends ApplicationFixture {
    private final LoggerContext logging = new LoggerContext();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.signet.identity.serviceprincipal");

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        events.setContext(logging);
        events.start();
        logger.addAppender(events);
    }

    @AfterEach
    void endListening() {
        logger.detachAppender(events);
        logger.setLevel(null);
    }

    private List<String> lines(String containing) {
        return events.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .filter(line -> line.contains(containing))
                .toList();
    }

    private static void use(TokenCredential credential) {
        for (int i = 0; i < 2; i++) {
            try {
                credential.getToken(REQUEST);
            } catch (ClientAuthenticationException failure) {
                // the log is what counts
            }
        }
    }

    @Test
    void environment_partial_warnsOnceAndInAChainInforms() {
        Map<String, String> partial = Map.of("AZURE_TENANT_ID", TENANT);
        use(EnvironmentCredential.create(with(partial)));
        use(EnvironmentCredential.create(with(partial)).asChainMember());

        assertEquals(
                List.of(
                        "WARN EnvironmentCredential: AZURE_CLIENT_ID, AZURE_CLIENT_SECRET not set, while others of its"
                                + " variables are",
                        "INFO EnvironmentCredential: AZURE_CLIENT_ID, AZURE_CLIENT_SECRET not set, while others of its"
                                + " variables are"),
                lines("while others"));
    }

    @Test
    void environment_nothingSet_isNotWorthALine() {
        use(EnvironmentCredential.create(with(Map.of())));

        assertEquals(List.of(), lines("while others"));
    }

    @Test
    void environment_secretAndCertificate_saysWhichIsUsed() {
        register(application().secret(SECRET));
        Map<String, String> both = new HashMap<>();
        both.put("AZURE_TENANT_ID", TENANT);
        both.put("AZURE_CLIENT_ID", CLIENT_ID);
        both.put("AZURE_CLIENT_SECRET", SECRET);
        both.put("AZURE_CLIENT_CERTIFICATE_PATH", "x");
        use(EnvironmentCredential.create(with(both)));

        assertEquals(
                List.of(
                        "INFO EnvironmentCredential: AZURE_CLIENT_SECRET and AZURE_CLIENT_CERTIFICATE_PATH are both set;"
                                + " the secret is used"),
                lines("both set"));
    }

    @Test
    void environment_userNameAndPassword_warns() {
        Map<String, String> user =
                Map.of("AZURE_CLIENT_ID", "c", "AZURE_USERNAME", "u@contoso.com", "AZURE_PASSWORD", "p");
        new EnvironmentSettings(with(user)).tellOnce(false);

        assertEquals(
                List.of(
                        "WARN EnvironmentCredential: AZURE_USERNAME and AZURE_PASSWORD fail for every user with a second"
                                + " factor, which Microsoft demands for Azure; use a client secret, a certificate or a managed"
                                + " identity"),
                lines("second factor"));
    }

    @Test
    void sendChain_unknownWord_warns() {
        Map<String, String> variables = Map.of(
                "AZURE_TENANT_ID",
                TENANT,
                "AZURE_CLIENT_ID",
                CLIENT_ID,
                "AZURE_CLIENT_CERTIFICATE_PATH",
                "x",
                "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN",
                "yes");
        EnvironmentCredential unused = EnvironmentCredential.create(with(variables));

        assertEquals(
                List.of(
                        "WARN AZURE_CLIENT_SEND_CERTIFICATE_CHAIN is neither true nor false; the certificate chain is not"
                                + " sent"),
                lines("SEND_CERTIFICATE"));
    }

    @Test
    void certificateFile_brokenAfterwards_warnsOncePerChange() throws IOException {
        register(application().certificate(CertificateCredentialTest.SINGLE.certificate()));
        Path file = CertificateCredentialTest.SINGLE.writePem(directory.resolve("c.pem"));
        CertificateCredential credential = CertificateCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .certificate(ClientCertificate.ofFile(file))
                .context(context)
                .build();
        use(credential);
        Files.writeString(file, "broken");
        credential.clearCache();
        use(credential);
        credential.clearCache();
        use(credential);

        assertEquals(
                List.of("WARN CertificateCredential: the certificate file " + file
                        + " has changed and cannot be used, the last one serves: neither PEM nor PKCS#12 can be read"
                        + " there; export key and certificate again"),
                lines("has changed"));
    }
}
