// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Command lines for Windows. A batch file is always run by cmd.exe, which parses its arguments once more; it is
 * started openly here, with quotes of our own, because the system would do it with others.
 */
final class WindowsCommandLine {
    /** What means something to cmd.exe even between quotes, or ends them. */
    private static final String REFUSED = "\"%!\r\n\0";

    /** What means something to cmd.exe outside quotes. */
    private static final String QUOTED = " \t&|<>^()@,;='";

    private WindowsCommandLine() {}

    /** The elements to hand to the system for a program, named absolutely, and its arguments. */
    static List<String> of(String systemRoot, List<String> line) throws IOException {
        String program = line.get(0).toLowerCase(Locale.ROOT);
        if (!program.endsWith(".cmd") && !program.endsWith(".bat")) {
            return line;
        }
        StringBuilder command = new StringBuilder();
        for (String element : line) {
            boolean quotes = element.isEmpty();
            for (int i = 0; i < element.length(); i++) {
                if (REFUSED.indexOf(element.charAt(i)) >= 0) {
                    throw new IOException("a batch file must be run without quotes, %, ! and line breaks");
                }
                quotes |= QUOTED.indexOf(element.charAt(i)) >= 0;
            }
            command.append(quotes ? '"' + element + "\" " : element + ' ');
        }
        command.setCharAt(command.length() - 1, '"');
        // no AutoRun commands; the outermost quotes, and only they, are taken away
        return List.of(systemRoot + "\\System32\\cmd.exe", "/d", "/s", "/c", '"' + command.toString());
    }
}
