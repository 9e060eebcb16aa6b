// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a program that finds a token in a variable. */
@Command(
        name = "exec",
        mixinStandardHelpOptions = true,
        description = "Runs a program with a token in an environment variable: signet exec --scope S -- PROGRAM"
                + " ARGUMENTS. Ends with the program's exit code.")
final class ExecCommand implements Callable<Integer> {
    private final Ambient ambient;

    @Mixin
    private TokenOptions options = new TokenOptions();

    @Option(
            names = "--variable",
            paramLabel = "NAME",
            defaultValue = "ACCESS_TOKEN",
            description = "The variable that holds the token. Default: ${DEFAULT-VALUE}")
    private String variable = "";

    @Parameters(arity = "1..*", paramLabel = "PROGRAM", description = "The program and its arguments.")
    private List<String> command = new ArrayList<>();

    ExecCommand(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (variable.isEmpty() || variable.contains("=")) {
            throw new IllegalArgumentException("--variable must be the name of a variable, such as ACCESS_TOKEN");
        }
        TokenRequestContext request = options.request();
        Map<String, String> variables = new HashMap<>(ambient.environment().variables());
        try (DefaultAzureCredential credential = options.credential(ambient.environment())) {
            variables.put(variable, credential.getToken(request).token());
        }
        return ChildProcess.run(command, variables);
    }
}
