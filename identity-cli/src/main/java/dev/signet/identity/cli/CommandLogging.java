// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.signet.identity.core.StandardContext;
import java.util.Locale;

/**
 * Sends logs to standard error, at the level that {@code AZURE_LOG_LEVEL} names; off unless set, since commands say
 * themselves what went wrong.
 *
 * @since 0.1.0
 */
public final class CommandLogging extends ContextAwareBase implements Configurator {
    private static final String VARIABLE = "AZURE_LOG_LEVEL";

    /** Made by logback. */
    public CommandLogging() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%-5level %logger - %msg%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger("ROOT").addAppender(appender);
        String value = StandardContext.create().environment().get(VARIABLE).orElse("off");
        context.getLogger("ROOT").setLevel(levelOrOff(value));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * The level of a name, as Azure's SDKs spell them.
     *
     * @param name the value of {@code AZURE_LOG_LEVEL}
     * @return the level
     * @throws IllegalArgumentException if it names none
     */
    static Level level(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "1", "verbose", "debug" -> Level.DEBUG;
            case "2", "info", "information", "informational" -> Level.INFO;
            case "3", "warn", "warning" -> Level.WARN;
            case "4", "err", "error" -> Level.ERROR;
            case "5", "off", "none" -> Level.OFF;
            case "trace" -> Level.TRACE;
            default ->
                throw new IllegalArgumentException(
                        VARIABLE + " must be verbose, info, warning, error or off, or a number from 1 to 5");
        };
    }

    /** Logging must not fail the command here; {@link TokenOptions} reports the wrong setting. */
    private static Level levelOrOff(String name) {
        try {
            return level(name);
        } catch (IllegalArgumentException wrong) {
            return Level.OFF;
        }
    }
}
