/**
 * The signet command: get tokens, diagnose the chain, run the embedded cloud.
 *
 * @provides ch.qos.logback.classic.spi.Configurator
 * @since 0.1.0
 */
module dev.signet.identity.cli {
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.fasterxml.jackson.core;
    requires dev.signet.identity;
    requires dev.signet.identity.chain;
    requires dev.signet.identity.core;
    requires dev.signet.identity.testkit;
    requires info.picocli;
    requires static org.jspecify;

    opens dev.signet.identity.cli to
            info.picocli;

    provides ch.qos.logback.classic.spi.Configurator with
            dev.signet.identity.cli.CommandLogging;
}
