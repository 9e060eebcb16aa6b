// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import dev.signet.identity.core.StandardContext;
import dev.signet.identity.spi.Environment;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** What a command reads and where it writes, so that tests can give their own. */
final class Ambient {
    private final Environment environment;
    private final BufferedReader in;
    private final PrintWriter out;
    private final PrintWriter err;

    Ambient(Environment environment, BufferedReader in, PrintWriter out, PrintWriter err) {
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    static Ambient system() {
        return new Ambient(
                StandardContext.create().environment(),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    Environment environment() {
        return environment;
    }

    BufferedReader in() {
        return in;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }
}
