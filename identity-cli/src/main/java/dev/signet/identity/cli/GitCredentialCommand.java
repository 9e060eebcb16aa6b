// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives git a token, as its credential helper. Says nothing about hosts that the token is not meant for. */
@Command(
        name = "git-credential",
        mixinStandardHelpOptions = true,
        description = "Gives git tokens for Azure Repos: git config --global credential.https://dev.azure.com.helper"
                + " \"!signet git-credential\"")
final class GitCredentialCommand implements Callable<Integer> {
    private static final String AZURE_REPOS_SCOPE = "499b84ac-1321-427f-aa17-267ca6975798/.default";
    private static final String AZURE_REPOS = "dev.azure.com";
    private static final String OLDER_AZURE_REPOS = ".visualstudio.com";
    private static final String AUTHTYPE = "authtype";

    private final Ambient ambient;

    @Mixin
    private TokenOptions options = new TokenOptions();

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Give tokens to this host too, with its port where it has one; may be repeated.")
    private List<String> hosts = new ArrayList<>();

    @Parameters(paramLabel = "OPERATION", description = "get; store, erase and others do nothing.")
    private String operation = "";

    GitCredentialCommand(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public Integer call() throws IOException {
        if (!operation.equals("get")) {
            return 0;
        }
        Request asked = Request.read(ambient.in());
        if (!isMeantFor(asked)) {
            return 0;
        }
        TokenRequestContext request = options.request(AZURE_REPOS_SCOPE);
        try (DefaultAzureCredential credential = options.credential(ambient.environment())) {
            answer(asked, credential.getToken(request));
            return 0;
        }
    }

    private boolean isMeantFor(Request asked) {
        String host = asked.value("host").toLowerCase(Locale.ROOT);
        boolean local = host.matches("(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?");
        boolean safe = asked.value("protocol").equals("https")
                || asked.value("protocol").equals("http") && local;
        boolean known = host.equals(AZURE_REPOS)
                || host.endsWith(OLDER_AZURE_REPOS)
                || hosts.stream().anyMatch(host::equalsIgnoreCase);
        return safe && known;
    }

    /** A header of its own where git can send one (2.46), else the token as a password. */
    private void answer(Request asked, AccessToken token) {
        PrintWriter out = ambient.out();
        if (asked.capabilities().contains(AUTHTYPE)) {
            out.print("capability[]=" + AUTHTYPE + "\n");
            out.print(AUTHTYPE + "=" + token.tokenType() + "\n");
            out.print("credential=" + token.token() + "\n");
            out.print("ephemeral=1\n");
        } else {
            String user = asked.value("username");
            out.print("username=" + (user.isEmpty() ? "signet" : user) + "\n");
            out.print("password=" + token.token() + "\n");
        }
        out.print("password_expiry_utc=" + token.expiresOn().getEpochSecond() + "\n");
        out.flush();
    }

    /** What git says about the server: lines of names and values, up to a blank line or the end. */
    private record Request(Map<String, String> values, Set<String> capabilities) {
        static Request read(BufferedReader in) throws IOException {
            Map<String, String> values = new HashMap<>();
            Set<String> capabilities = new HashSet<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                int sign = line.indexOf('=');
                if (sign > 0) {
                    String name = line.substring(0, sign);
                    String value = line.substring(sign + 1);
                    if (name.equals("capability[]")) {
                        capabilities.add(value);
                    } else {
                        values.put(name, value);
                    }
                }
            }
            return new Request(values, capabilities);
        }

        String value(String name) {
            return values.getOrDefault(name, "");
        }
    }
}
