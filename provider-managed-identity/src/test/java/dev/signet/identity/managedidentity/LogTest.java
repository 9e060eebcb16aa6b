// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogTest extends CloudFixture {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.signet.identity.managedidentity");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    @BeforeEach
    void listen() {
        events.setContext(new LoggerContext());
        events.start();
        logger.setLevel(Level.TRACE);
        logger.addAppender(events);
    }

    @AfterEach
    void endListening() {
        logger.detachAppender(events);
        logger.setLevel(null);
    }

    @Test
    void log_direct_tellsSourceOnceAtInfo() {
        ManagedIdentityCredential credential = direct(on(cloud.appService()));

        credential.getToken(REQUEST);
        credential.clearCache();
        credential.getToken(REQUEST);

        assertEquals(
                List.of("INFO ManagedIdentityCredential: source App Service, the host's own identity"),
                lines("source "));
    }

    @Test
    void log_chained_tellsSourceAndProbeAtDebug() {
        chained(onMachine()).getToken(REQUEST);

        assertEquals(
                List.of("DEBUG ManagedIdentityCredential: source IMDS, the host's own identity"), lines("source "));
        assertEquals(List.of("DEBUG ManagedIdentityCredential: IMDS probe: present"), lines("probe"));
        assertTrue(events.list.stream().allMatch(event -> event.getLevel().levelInt <= Level.DEBUG_INT));
    }

    private List<String> lines(String part) {
        return events.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .filter(line -> line.contains(part))
                .toList();
    }
}
