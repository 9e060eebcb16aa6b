// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.CommandResult;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.core.Redaction;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code azd auth token}. */
final class AzureDeveloperCli implements Tool {
    static final String NAME = "AzureDeveloperCliCredential";

    private static final String BY_HAND = "Try it by hand: `azd auth token --output json`.";

    private static final ToolFailures FAILURES = new ToolFailures(
            NAME,
            "Azure Developer CLI",
            "azd",
            "Install it (https://learn.microsoft.com/azure/developer/azure-developer-cli/install-azd) and run `azd auth"
                    + " login`.");

    private static final Map<String, String> VARIABLES = Map.of("NO_COLOR", "true", "AZD_SKIP_UPDATE_CHECK", "true");

    /** What it says when the account is known, and only a sign-in will help. */
    private static final List<String> SIGN_IN_MARKERS = List.of(
            "azd auth login", "reauthentication required", "login expired", "must use multi-factor authentication");

    private final ToolSettings settings;
    private final ProviderContext context;
    private final Programs programs;

    AzureDeveloperCli(ToolSettings settings) {
        this.settings = settings;
        this.context = settings.context();
        this.programs = settings.programs();
    }

    @Override
    public String credentialName() {
        return NAME;
    }

    @Override
    public void check(TokenRequestContext request) {
        for (String scope : request.scopes()) {
            String unused = ToolArguments.scope(NAME, scope);
        }
    }

    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable String tenant) {
        String file = file().orElseThrow(FAILURES::notFound);
        // without --no-prompt it may ask whether a debugger is ready
        List<String> arguments = new ArrayList<>(List.of("auth", "token", "--output", "json", "--no-prompt"));
        for (String scope : request.scopes()) {
            arguments.addAll(List.of("--scope", scope));
        }
        if (tenant != null) {
            arguments.addAll(List.of("--tenant-id", tenant));
        }
        if (request.claims().isPresent()) {
            arguments.addAll(
                    List.of("--claims", ToolArguments.claims(request.claims().get())));
        }
        CommandResult result = programs.run(file, arguments, VARIABLES, settings.timeout());
        FAILURES.checkEnding(result, file, settings.timeout());
        ToolLog.ended("azd", result);
        if (result.exitCode() != 0) {
            throw refusal(result, tenant, request.claims().isPresent());
        }
        return token(result.output());
    }

    private static AccessToken token(String output) {
        JsonObject json = JsonInText.find(output, "token").orElseThrow(() -> FAILURES.unexpected(output, BY_HAND));
        Instant expiry = ExpiryText.withOffset(json.string("expiresOn").orElse(""))
                .orElseThrow(() -> FAILURES.rejected("azd wrote a token without an expiry that can be read", BY_HAND));
        return TokenText.token(json.string("token").orElse(""), expiry, FAILURES, BY_HAND);
    }

    private static ClientAuthenticationException refusal(
            CommandResult result, @Nullable String tenant, boolean withClaims) {
        AzureDeveloperCliErrors errors = AzureDeveloperCliErrors.read(ToolLog.said(result));
        String said = errors.said();
        String signIn = "azd auth login" + (tenant == null ? "" : " --tenant-id " + tenant);
        if (said.contains("AADSTS")) {
            return FAILURES.refusedByEntra(said, null, signIn);
        }
        if (said.contains("unknown flag: --claims") || said.contains("flag provided but not defined: -claims")) {
            return FAILURES.unavailable(
                    UnavailableReason.NOT_SUPPORTED, "this azd does not know claims", "Update azd to 1.18.1 or later.");
        }
        if (said.contains("unknown command \"auth\"")) {
            return FAILURES.unavailable(
                    UnavailableReason.NOT_SUPPORTED, "this azd is too old to give tokens", "Update azd.");
        }
        boolean notSignedIn = said.contains("not logged in, run");
        for (String marker : SIGN_IN_MARKERS) {
            notSignedIn |= said.contains(marker);
        }
        if (notSignedIn && !withClaims) {
            return FAILURES.notSignedIn(said, ToolFailures.run(signIn));
        }
        String advice = errors.suggestion();
        return FAILURES.failed(
                result,
                said,
                notSignedIn ? ToolFailures.run(signIn) : advice.isEmpty() ? BY_HAND : Redaction.quote(advice));
    }

    private Optional<String> file() {
        Environment environment = context.environment();
        List<String> names = ToolDirectories.isWindows(environment) ? List.of("azd.exe", "azd.cmd") : List.of("azd");
        return programs.find(environment, names, ToolDirectories.programs(environment));
    }

    @Override
    public Readiness explain() {
        return ToolLog.readiness(file().orElse(null), FAILURES);
    }

    @Override
    public List<String> signInFiles() {
        return ToolDirectories.configuration(context.environment(), "AZD_CONFIG_DIR", ".azd", "config.json");
    }
}
