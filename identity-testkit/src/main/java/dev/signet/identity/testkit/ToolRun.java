// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a {@link ScriptedTool} was run.
 *
 * @param arguments one element each
 * @param directory the working directory
 * @param variables the environment
 * @param input what it read from its standard input, up to the first line end; empty at its end
 * @param others how many other runs had not ended when this one began
 * @since 0.1.0
 */
public record ToolRun(List<String> arguments, Path directory, Map<String, String> variables, String input, int others) {
    /**
     * Copies the parts.
     *
     * @param arguments one element each
     * @param directory the working directory
     * @param variables the environment
     * @param input what it read from its standard input
     * @param others how many other runs had not ended
     */
    public ToolRun {
        arguments = List.copyOf(arguments);
        variables = Map.copyOf(variables);
    }

    static ToolRun read(Path record) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : parts(record.resolve("variables"))) {
            int equals = variable.indexOf('=');
            variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return new ToolRun(
                parts(record.resolve("arguments")),
                Path.of(Files.readString(record.resolve("directory")).stripTrailing()),
                variables,
                Files.readString(record.resolve("input")),
                Integer.parseInt(Files.readString(record.resolve("others")).strip()));
    }

    private static List<String> parts(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.isEmpty()
                ? List.of()
                : List.of(text.substring(0, text.length() - 1).split("\0", -1));
    }
}
