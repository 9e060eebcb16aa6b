// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A script that writes one token between two markers. It works with Az.Accounts from 2.2 on: since 2.17 the module can
 * give the token as a SecureString, since 5.0 it always does. Only properties are read and no types are named that a
 * constrained language mode does not know, but for the older PowerShell.
 *
 * @param text PowerShell
 * @param marker what stands before and behind the answer, and in no other output
 */
record PowerShellScript(String text, String marker) {
    /** What the script writes when the module is not there. */
    static final String MODULE_MISSING = "signet-without-az-accounts";

    private static final String TEMPLATE = """
            $ErrorActionPreference = 'Stop'
            $ProgressPreference = 'SilentlyContinue'
            $VerbosePreference = 'SilentlyContinue'
            $WarningPreference = 'SilentlyContinue'
            $InformationPreference = 'SilentlyContinue'
            $module = Import-Module Az.Accounts -MinimumVersion 2.2.0 -PassThru -ErrorAction SilentlyContinue
            if (-not $module) { 'MISSING'; exit 0 }
            $version = @($module)[0].Version
            $parameters = @{ ResourceUrl = 'RESOURCE'; WarningAction = 'Ignore' }
            if ('TENANT') { $parameters['TenantId'] = 'TENANT' }
            $secure = ($version.Major -eq 2 -and $version.Minor -ge 17) -or ($version.Major -gt 2 -and $version.Major -lt 5)
            if ($secure) { $parameters['AsSecureString'] = $true }
            $answer = Get-AzAccessToken @parameters
            $value = $answer.Token
            if ($value -is [System.Security.SecureString]) {
                if ($PSVersionTable.PSVersion.Major -ge 7) {
                    $value = ConvertFrom-SecureString -SecureString $value -AsPlainText
                } else {
                    $pointer = [System.Runtime.InteropServices.Marshal]::SecureStringToBSTR($value)
                    try { $value = [System.Runtime.InteropServices.Marshal]::PtrToStringBSTR($pointer) }
                    finally { [System.Runtime.InteropServices.Marshal]::ZeroFreeBSTR($pointer) }
                }
            }
            $ticks = 0
            if ($answer.ExpiresOn) { $ticks = $answer.ExpiresOn.UtcTicks }
            $marker = 'MARKER'
            $marker + (ConvertTo-Json -Compress -InputObject @{ Token = $value; ExpiresOn = $ticks }) + $marker
            """;

    /** A script with a new marker. */
    static PowerShellScript of(String resource, @Nullable String tenant, DoubleSupplier randomness) {
        String marker = "signet-" + hex(randomness) + hex(randomness);
        String text = TEMPLATE.replace("MISSING", MODULE_MISSING)
                .replace("RESOURCE", resource)
                .replace("TENANT", tenant == null ? "" : tenant)
                .replace("MARKER", marker);
        return new PowerShellScript(text, marker);
    }

    private static String hex(DoubleSupplier randomness) {
        return Long.toHexString((long) (randomness.getAsDouble() * (1L << 52)));
    }

    /**
     * Arguments without anything to quote. No profile, which may print; no prompts; and errors in words, which the older
     * PowerShell otherwise writes as XML.
     */
    List<String> arguments() {
        return List.of(
                "-NoProfile",
                "-NonInteractive",
                "-OutputFormat",
                "Text",
                "-EncodedCommand",
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_16LE)));
    }
}
