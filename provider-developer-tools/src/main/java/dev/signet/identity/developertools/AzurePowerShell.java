// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.CommandResult;
import dev.signet.identity.core.Scopes;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code Get-AzAccessToken} in PowerShell; on Windows also in the older one that comes with the system. */
final class AzurePowerShell implements Tool {
    static final String NAME = "AzurePowerShellCredential";

    private static final ToolFailures FAILURES = new ToolFailures(
            NAME,
            "PowerShell",
            "pwsh",
            "Install PowerShell and the module Az.Accounts"
                    + " (https://learn.microsoft.com/powershell/azure/install-azure-powershell) and run"
                    + " `Connect-AzAccount`.");

    private static final Map<String, String> VARIABLES =
            Map.of("POWERSHELL_UPDATECHECK", "Off", "POWERSHELL_TELEMETRY_OPTOUT", "1", "NO_COLOR", "1");

    private static final List<String> POLICY_MARKERS =
            List.of("AuthorizationManager check failed", "running scripts is disabled", "PSSecurityException");

    private static final List<String> SIGN_IN_MARKERS =
            List.of("Connect-AzAccount", "No accounts were found in the cache", "cannot retrieve access token");

    private final ToolSettings settings;
    private final ProviderContext context;
    private final Programs programs;

    AzurePowerShell(ToolSettings settings) {
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
        String unused = resource(request);
    }

    /** Where the module or the program is missing, the next program may have it. */
    @Override
    public AccessToken fetch(TokenRequestContext request, @Nullable String tenant) {
        String resource = resource(request);
        if (request.claims().isPresent()) {
            throw ToolFailures.signInForClaims(
                    NAME,
                    request,
                    signIn(tenant) + " -ClaimsChallenge '"
                            + ToolArguments.claims(request.claims().get()) + "'",
                    "");
        }
        PowerShellScript script = PowerShellScript.of(resource, tenant, context.jitter());
        CredentialUnavailableException missing = null;
        Duration left = settings.timeout();
        for (String file : files()) {
            CommandResult result = programs.run(file, script.arguments(), VARIABLES, left);
            ToolLog.ended(file, result);
            left = left.minus(result.duration());
            try {
                return read(result, file, script, tenant);
            } catch (CredentialUnavailableException unavailable) {
                missing = both(missing, unavailable);
                if (unavailable.details().unavailableReason().orElse(null) != UnavailableReason.NOT_REACHABLE
                        || left.isNegative()
                        || left.isZero()) {
                    throw missing;
                }
            }
        }
        throw missing == null ? FAILURES.notFound() : missing;
    }

    private AccessToken read(CommandResult result, String file, PowerShellScript script, @Nullable String tenant) {
        FAILURES.checkEnding(result, file, settings.timeout());
        if (result.output().contains(PowerShellScript.MODULE_MISSING)) {
            throw FAILURES.unavailable(
                    UnavailableReason.NOT_REACHABLE,
                    file + " has no module Az.Accounts of version 2.2.0 or later",
                    "Install it: `Install-Module Az.Accounts -Scope CurrentUser`.");
        }
        if (result.exitCode() != 0) {
            throw refusal(result, tenant);
        }
        return PowerShellOutput.read(result.output(), script.marker(), FAILURES);
    }

    private static ClientAuthenticationException refusal(CommandResult result, @Nullable String tenant) {
        String said = CliXml.text(ToolLog.said(result));
        String signIn = signIn(tenant);
        if (said.contains("AADSTS")) {
            return FAILURES.refusedByEntra(said, null, signIn);
        }
        if (containsAny(said, POLICY_MARKERS)) {
            return FAILURES.unavailable(
                    UnavailableReason.NOT_SUPPORTED,
                    "PowerShell's execution policy forbids the module Az.Accounts",
                    "Look at it: `Get-ExecutionPolicy -List`.");
        }
        if (containsAny(said, SIGN_IN_MARKERS)) {
            return FAILURES.notSignedIn(said, ToolFailures.run(signIn));
        }
        if (said.contains("core types") || said.contains("ConstrainedLanguage")) {
            return FAILURES.failed(
                    result, said, "PowerShell is in constrained language mode here; use another credential.");
        }
        return FAILURES.failed(result, said, "Try it by hand: `Get-AzAccessToken`.");
    }

    private static boolean containsAny(String text, List<String> markers) {
        for (String marker : markers) {
            if (text.contains(marker)) {
                return true;
            }
        }
        return false;
    }

    private static CredentialUnavailableException both(
            @Nullable CredentialUnavailableException first, CredentialUnavailableException second) {
        if (first == null) {
            return second;
        }
        CredentialUnavailableException both = new CredentialUnavailableException(
                second.details().toBuilder()
                        .reason(first.details().reason() + "; "
                                + second.details().reason())
                        .build(),
                second.getCause());
        both.addSuppressed(first);
        return both;
    }

    private static String signIn(@Nullable String tenant) {
        return "Connect-AzAccount" + (tenant == null ? "" : " -Tenant " + tenant);
    }

    private static String resource(TokenRequestContext request) {
        return ToolArguments.scope(NAME, Scopes.resource(NAME, request));
    }

    /** The programs to try in order. */
    private List<String> files() {
        Environment environment = context.environment();
        List<String> files = new ArrayList<>();
        if (!ToolDirectories.isWindows(environment)) {
            programs.find(
                            environment,
                            List.of("pwsh"),
                            ToolDirectories.programs(environment, "/opt/microsoft/powershell/7", "/snap/bin"))
                    .ifPresent(files::add);
            return files;
        }
        programs.find(environment, List.of("pwsh.exe"), List.of()).ifPresent(files::add);
        programs.find(ToolDirectories.windowsPowerShell(environment), List.of("powershell.exe"), List.of())
                .or(() -> programs.find(environment, List.of("powershell.exe"), List.of()))
                .ifPresent(files::add);
        return files;
    }

    @Override
    public Readiness explain() {
        List<String> files = files();
        return ToolLog.readiness(files.isEmpty() ? null : files.get(0), FAILURES);
    }

    @Override
    public List<String> signInFiles() {
        return ToolDirectories.configuration(context.environment(), "", ".Azure", "AzureRmContext.json");
    }
}
