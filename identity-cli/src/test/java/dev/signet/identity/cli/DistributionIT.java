// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Runs the start script of the distribution, with all jars on the module path. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs the POSIX start script")
class DistributionIT {
    @Test
    void script_demo_getsTokens() throws Exception {
        String printed = Program.signet(Map.of(), "demo").expect(0).out;
        assertTrue(printed.contains("Token from ManagedIdentityCredential"), printed);
        assertTrue(printed.contains("Token from WorkloadIdentityCredential"), printed);
    }

    @Test
    void script_providers_findsThemOnTheModulePath() throws Exception {
        String printed = Program.signet(Map.of(), "providers").expect(0).out;
        assertTrue(
                printed.contains("ManagedIdentityCredential     deployed    300   yes      dev.signet.identity"
                        + ".managedidentity"),
                printed);
        assertTrue(
                printed.contains("AzureCliCredential            developer   600   yes      dev.signet.identity"
                        + ".developertools"),
                printed);
        assertTrue(
                printed.contains("DeviceCodeCredential          on_request  950   no       dev.signet.identity"
                        + ".interactive"),
                printed);
    }

    @Test
    void script_wrongUsage_exitsWithTwo() throws Exception {
        String printed = Program.signet(Map.of(), "token", "--bogus").expect(2).err;
        assertTrue(printed.contains("Unknown option"), printed);
    }
}
