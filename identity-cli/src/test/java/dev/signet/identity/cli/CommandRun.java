// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import dev.signet.identity.spi.Environment;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;

/** One run of the command inside the test's JVM. */
final class CommandRun {
    final int exitCode;
    final String out;
    final String err;

    private CommandRun(int exitCode, String out, String err) {
        this.exitCode = exitCode;
        this.out = out;
        this.err = err;
    }

    static CommandRun of(Map<String, String> variables, String... arguments) {
        return run("", Environment.of(variables), arguments);
    }

    static CommandRun withInput(String input, Map<String, String> variables, String... arguments) {
        return run(input, Environment.of(variables), arguments);
    }

    static CommandRun in(Environment environment, String... arguments) {
        return run("", environment, arguments);
    }

    private static CommandRun run(String input, Environment environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Ambient ambient = new Ambient(
                environment, new BufferedReader(new StringReader(input)), new PrintWriter(out), new PrintWriter(err));
        int exitCode = Signet.command(ambient).execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
