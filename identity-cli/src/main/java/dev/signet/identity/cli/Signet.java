// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.core.Redaction;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The {@code signet} command.
 *
 * @since 0.1.0
 */
@Command(
        name = "signet",
        description = "Gets Microsoft Entra tokens, and says where they come from.",
        mixinStandardHelpOptions = true,
        versionProvider = Signet.Version.class,
        subcommands = {
            TokenCommand.class,
            DoctorCommand.class,
            ProvidersCommand.class,
            ExecCommand.class,
            ExecCredentialCommand.class,
            GitCredentialCommand.class,
            EmulatorCommand.class,
            DemoCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:authentication failed",
            "2:wrong usage or setting",
            "3:no credential available",
            "4:a person must act"
        })
public final class Signet {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNAVAILABLE = 3;
    static final int INTERACTION = 4;

    private Signet() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param arguments the words behind {@code signet}
     */
    public static void main(String[] arguments) {
        int code = command(Ambient.system()).execute(arguments);
        System.out.flush();
        System.exit(code);
    }

    /** The command with an environment and streams of its own. */
    static CommandLine command(Ambient ambient) {
        CommandLine line = new CommandLine(new Signet(), new AmbientFactory(ambient));
        line.setOut(ambient.out());
        line.setErr(ambient.err());
        line.setExecutionExceptionHandler(Signet::failed);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // what stands behind the name of exec's program is the program's
        line.setStopAtPositional(true);
        return line;
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("signet: " + message(failure));
        err.flush();
        return exitCode(failure);
    }

    static int exitCode(Exception failure) {
        if (failure instanceof AuthenticationRequiredException) {
            return INTERACTION;
        }
        if (failure instanceof CredentialUnavailableException) {
            return UNAVAILABLE;
        }
        if (failure instanceof ClientAuthenticationException) {
            return FAILED;
        }
        boolean setting = failure instanceof IllegalArgumentException || failure instanceof IllegalStateException;
        return setting || failure instanceof UncheckedIOException ? USAGE : FAILED;
    }

    private static String message(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getName() : Redaction.scrub(message);
    }

    /** Tells the version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Signet.class.getPackage().getImplementationVersion();
            return new String[] {"signet " + (version == null ? "development build" : version)};
        }
    }
}
