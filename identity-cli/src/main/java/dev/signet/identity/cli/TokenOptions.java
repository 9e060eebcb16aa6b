// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.chain.DefaultAzureCredentialBuilder;
import dev.signet.identity.core.ProxySettings;
import dev.signet.identity.core.SocketHttpTransport;
import dev.signet.identity.spi.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked for and from which chain: options that several commands share. */
final class TokenOptions {
    private static final String DEFAULT_SCOPE = "https://management.azure.com/.default";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What the token is for; may be repeated. Default: " + DEFAULT_SCOPE
                    + ", but what the service wants where the command is for one")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = "--credential",
            paramLabel = "NAME",
            description = "Only this credential, or a list as in AZURE_TOKEN_CREDENTIALS.")
    private @Nullable String credential;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Tenant id or domain name.")
    private @Nullable String tenant;

    @Option(names = "--client-id", paramLabel = "ID", description = "Client id of the identity.")
    private @Nullable String clientId;

    @Option(names = "--claims", paramLabel = "JSON", description = "Claims of a challenge, in Base64 or decoded.")
    private @Nullable String claims;

    @Option(names = "--cae", description = "Ask for a token that can be revoked (continuous access evaluation).")
    private boolean cae;

    @Option(
            names = "--ca-file",
            paramLabel = "PEM",
            description = "Trust these certificates instead of the JVM's, for example the emulator's."
                    + " Default: SIGNET_CA_FILE")
    private @Nullable Path caFile;

    TokenOptions() {}

    /** The request; the tenant is asked for through the chain's own setting. */
    TokenRequestContext request() {
        return request(DEFAULT_SCOPE);
    }

    /** The request, with another scope for those who name none. */
    TokenRequestContext request(String standardScope) {
        TokenRequestContext request = TokenRequestContext.of(scopes.isEmpty() ? List.of(standardScope) : scopes)
                .withCaeEnabled(cae);
        return claims == null ? request : request.withClaims(claims);
    }

    /** The chain. */
    DefaultAzureCredential credential(Environment environment) {
        checkLogLevel(environment);
        DefaultAzureCredentialBuilder builder = DefaultAzureCredential.builder().environment(environment);
        if (credential != null) {
            builder.sources(credential.split("[,;]"));
        }
        for (String asking : List.of("InteractiveBrowserCredential", "DeviceCodeCredential")) {
            builder.setting(asking, "promptTo", "stderr"); // standard output is for the token
        }
        if (tenant != null) {
            builder.tenantId(tenant);
        }
        if (clientId != null) {
            builder.managedIdentityClientId(clientId).workloadIdentityClientId(clientId);
            if (credential != null && !credential.contains(",") && !credential.contains(";")) {
                builder.clientId(credential, clientId);
            }
        }
        Path trusted =
                caFile == null ? environment.get("SIGNET_CA_FILE").map(Path::of).orElse(null) : caFile;
        if (trusted != null) {
            builder.transport(new SocketHttpTransport(ProxySettings.from(environment), System::nanoTime)
                    .withSslSocketFactory(TrustedCertificates.socketFactory(trusted)));
        }
        return builder.build();
    }

    private static void checkLogLevel(Environment environment) {
        environment.get("AZURE_LOG_LEVEL").ifPresent(CommandLogging::level);
    }
}
