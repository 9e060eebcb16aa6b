// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.core.JwtPayload;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gets one token. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Gets one token and says who gave it, for whom and until when.")
final class TokenCommand implements Callable<Integer> {
    private final Ambient ambient;

    @Mixin
    private TokenOptions options = new TokenOptions();

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.", defaultValue = "text")
    private OutputFormat output = OutputFormat.TEXT;

    @Option(names = "--raw", description = "Print the bare token and nothing else.")
    private boolean raw;

    @Option(names = "--show-token", description = "Print the token too.")
    private boolean showToken;

    TokenCommand(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public Integer call() {
        TokenRequestContext request = options.request();
        try (DefaultAzureCredential credential = options.credential(ambient.environment())) {
            AccessToken token = credential.getToken(request);
            PrintWriter out = ambient.out();
            if (raw) {
                out.println(token.token());
            } else if (output == OutputFormat.JSON) {
                out.println(JsonText.object(json -> json(json, request, token)));
            } else {
                text(out, request, token);
            }
            out.flush();
            return 0;
        }
    }

    private void text(PrintWriter out, TokenRequestContext request, AccessToken token) {
        Optional<JwtPayload> claims = JwtPayload.read(token.token());
        line(out, "credential", token.credentialName());
        line(out, "scopes", String.join(" ", request.scopes()));
        line(out, "type", token.tokenType());
        line(out, "expires on", token.expiresOn().toString());
        line(out, "refresh on", token.refreshOn().map(Instant::toString).orElse("-"));
        line(out, "tenant", claims.flatMap(JwtPayload::tenantId).orElse("-"));
        line(out, "client id", claims.flatMap(JwtPayload::clientId).orElse("-"));
        line(out, "object id", claims.flatMap(JwtPayload::objectId).orElse("-"));
        if (showToken) {
            line(out, "token", token.token());
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(name + ":" + " ".repeat(12 - name.length()) + value);
    }

    private void json(JsonGenerator json, TokenRequestContext request, AccessToken token) throws IOException {
        json.writeStringField("credential", token.credentialName());
        json.writeStringField("tokenType", token.tokenType());
        json.writeStringField("expiresOn", token.expiresOn().toString());
        json.writeStringField(
                "refreshOn", token.refreshOn().map(Instant::toString).orElse(null));
        json.writeStringField(
                "tenantId",
                JwtPayload.read(token.token())
                        .flatMap(JwtPayload::tenantId)
                        .or(request::tenantId)
                        .orElse(null));
        json.writeArrayFieldStart("scopes");
        for (String scope : request.scopes()) {
            json.writeString(scope);
        }
        json.writeEndArray();
        if (showToken) {
            json.writeStringField("token", token.token());
        }
    }
}
