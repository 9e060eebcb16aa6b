// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.spi.ProviderContext;
import java.io.PrintStream;

/** Says something to the user where no other way is given: the one place that uses the standard streams. */
final class StandardOutput {
    private static final String SETTING = "promptTo";

    private final PrintStream stream;

    private StandardOutput(PrintStream stream) {
        this.stream = stream;
    }

    /** Standard output, or standard error where the setting {@code promptTo} is {@code stderr}. */
    static StandardOutput of(ProviderContext context) {
        boolean error = context.setting(SETTING).orElse("").equals("stderr");
        return new StandardOutput(error ? System.err : System.out);
    }

    void say(String text) {
        stream.println(text);
        stream.flush();
    }
}
