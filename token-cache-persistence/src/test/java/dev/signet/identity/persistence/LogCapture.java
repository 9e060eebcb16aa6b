// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, at every level, MSAL's lines too. */
final class LogCapture implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    private LogCapture() {
        events.start();
        root.addAppender(events);
        root.setLevel(Level.TRACE);
    }

    static LogCapture start() {
        return new LogCapture();
    }

    List<ILoggingEvent> all() {
        return List.copyOf(events.list);
    }

    List<ILoggingEvent> at(Level level) {
        return all().stream().filter(event -> event.getLevel() == level).toList();
    }

    @Override
    public void close() {
        root.detachAppender(events);
        root.setLevel(before);
    }
}
