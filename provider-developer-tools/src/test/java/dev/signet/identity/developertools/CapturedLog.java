// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** All that this module logs while it is started, at any level. */
final class CapturedLog {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.signet.identity.developertools");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    void start() {
        events.setContext(new LoggerContext());
        events.start();
        logger.setLevel(Level.TRACE);
        logger.addAppender(events);
    }

    void stop() {
        logger.detachAppender(events);
        logger.setLevel(null);
    }

    /** Level and message, and the messages of what was thrown. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ILoggingEvent event : List.copyOf(events.list)) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
            for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
                lines.add("thrown " + thrown.getMessage());
            }
        }
        return lines;
    }
}
