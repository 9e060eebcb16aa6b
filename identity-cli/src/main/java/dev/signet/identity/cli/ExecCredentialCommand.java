// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.core.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives kubectl and other clients of Kubernetes a token, as their credential plug-in. */
@Command(
        name = "exec-credential",
        mixinStandardHelpOptions = true,
        description = "Prints a token as an ExecCredential, for the exec section of a kubeconfig. Asks for the server"
                + " application of AKS unless --scope names another.")
final class ExecCredentialCommand implements Callable<Integer> {
    private static final String AKS_SCOPE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";
    private static final String VARIABLE = "KUBERNETES_EXEC_INFO";
    private static final String GROUP = "client.authentication.k8s.io/";
    private static final List<String> VERSIONS = List.of(GROUP + "v1", GROUP + "v1beta1");

    private final Ambient ambient;

    @Mixin
    private TokenOptions options = new TokenOptions();

    ExecCredentialCommand(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public Integer call() {
        String version = version();
        TokenRequestContext request = options.request(AKS_SCOPE);
        try (DefaultAzureCredential credential = options.credential(ambient.environment())) {
            AccessToken token = credential.getToken(request);
            ambient.out().println(JsonText.object(json -> write(json, version, token)));
            ambient.out().flush();
            return 0;
        }
    }

    /** The version that the client speaks; the newest where it does not say. */
    private String version() {
        String info = ambient.environment().get(VARIABLE).orElse("{\"apiVersion\":\"" + VERSIONS.get(0) + "\"}");
        String version = JsonObject.parse(info.getBytes(StandardCharsets.UTF_8))
                .flatMap(object -> object.string("apiVersion"))
                .orElse("none");
        if (!VERSIONS.contains(version)) {
            throw new IllegalArgumentException(VARIABLE + " asks for apiVersion " + version + "; write one of "
                    + String.join(", ", VERSIONS) + " into the kubeconfig");
        }
        return version;
    }

    private static void write(JsonGenerator json, String version, AccessToken token) throws IOException {
        json.writeStringField("apiVersion", version);
        json.writeStringField("kind", "ExecCredential");
        json.writeObjectFieldStart("status");
        json.writeStringField(
                "expirationTimestamp",
                token.expiresOn().truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeStringField("token", token.token());
        json.writeEndObject();
    }
}
