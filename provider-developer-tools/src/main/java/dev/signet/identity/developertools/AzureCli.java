// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.CommandResult;
import dev.signet.identity.core.Scopes;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code az account get-access-token}. */
final class AzureCli implements Tool {
    static final String NAME = "AzureCliCredential";

    private static final ToolFailures FAILURES = new ToolFailures(
            NAME,
            "Azure CLI",
            "az",
            "Install it (https://learn.microsoft.com/cli/azure/install-azure-cli) and run `az login`.");

    /** No colours, warnings or surveys beside the answer. */
    private static final Map<String, String> VARIABLES = Map.of(
            "AZURE_CORE_NO_COLOR", "true",
            "AZURE_CORE_ONLY_SHOW_ERRORS", "true",
            "AZURE_CORE_SURVEY_MESSAGE", "no");

    private final ToolSettings settings;
    private final ProviderContext context;
    private final Programs programs;
    private final @Nullable String subscription;

    AzureCli(ToolSettings settings, @Nullable String subscription) {
        this.settings = settings;
        this.context = settings.context();
        this.programs = settings.programs();
        this.subscription = subscription;
    }

    @Override
    public String credentialName() {
        return NAME;
    }

    @Override
    public void check(TokenRequestContext request) {
        String unused = resource(request);
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable String tenant) {
        String resource = resource(request);
        if (request.claims().isPresent()) {
            throw ToolFailures.signInForClaims(
                    NAME,
                    request,
                    "az login --claims-challenge \""
                            + ToolArguments.claims(request.claims().get()) + "\"" + tenantOption(tenant) + " --scope "
                            + request.scopes().get(0),
                    " Before az 2.76: `az logout`, then `az login" + tenantOption(tenant) + " --scope "
                            + request.scopes().get(0) + "`.");
        }
        String file = file().orElseThrow(FAILURES::notFound);
        List<String> arguments =
                new ArrayList<>(List.of("account", "get-access-token", "--output", "json", "--resource", resource));
        if (tenant != null) {
            arguments.addAll(List.of("--tenant", tenant));
        } else if (subscription != null) {
            arguments.addAll(List.of("--subscription", subscription));
        }
        CommandResult result = programs.run(file, arguments, VARIABLES, settings.timeout());
        FAILURES.checkEnding(result, file, settings.timeout());
        ToolLog.ended("az", result);
        if (result.exitCode() != 0) {
            throw refusal(result, tenant);
        }
        return AzureCliOutput.read(result.output(), context, FAILURES);
    }

    private static ClientAuthenticationException refusal(CommandResult result, @Nullable String tenant) {
        String text = ToolLog.said(result);
        String said = AzureCliErrors.summary(text);
        String signIn = "az login" + tenantOption(tenant);
        if (text.contains("AADSTS")) {
            return FAILURES.refusedByEntra(said, AzureCliErrors.suggestion(text), signIn);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("az account set")) {
            return FAILURES.notSignedIn(
                    AzureCliErrors.firstLine(said),
                    ToolFailures.run(signIn) + " If you are signed in: `az account set --subscription <id>`.");
        }
        if (lower.contains("az login")) {
            return FAILURES.notSignedIn(AzureCliErrors.firstLine(said), ToolFailures.run(signIn));
        }
        return FAILURES.failed(result, said, AzureCliErrors.remedy(text));
    }

    private static String tenantOption(@Nullable String tenant) {
        return tenant == null ? "" : " --tenant " + tenant;
    }

    private static String resource(TokenRequestContext request) {
        return ToolArguments.scope(NAME, Scopes.resource(NAME, request));
    }

    private Optional<String> file() {
        Environment environment = context.environment();
        // beside az.cmd there is a script for other shells, which has no extension
        List<String> names =
                ToolDirectories.isWindows(environment) ? List.of("az.cmd", "az.exe", "az.bat") : List.of("az");
        return programs.find(environment, names, ToolDirectories.programs(environment));
    }

    @Override
    public Readiness explain() {
        return ToolLog.readiness(file().orElse(null), FAILURES);
    }

    @Override
    public List<String> signInFiles() {
        return ToolDirectories.configuration(
                context.environment(),
                "AZURE_CONFIG_DIR",
                ".azure",
                "azureProfile.json",
                "service_principal_entries.json",
                "clouds.config");
    }
}
