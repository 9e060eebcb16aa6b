// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.spi.Environment;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceKindTest {
    private static final String[] NAMES = {
        "IDENTITY_ENDPOINT",
        "IDENTITY_HEADER",
        "IDENTITY_SERVER_THUMBPRINT",
        "MSI_ENDPOINT",
        "MSI_SECRET",
        "IMDS_ENDPOINT"
    };
    private static final FileCheck NO_FILES = path -> false;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "D1, -, -, -, -, -, -, -, IMDS",
        "D2, x, x, x, -, -, -, -, SERVICE_FABRIC",
        "D3, x, x, -, -, -, -, -, APP_SERVICE",
        "D4, x, x, -, x, x, -, -, APP_SERVICE",
        "D5, -, -, -, x, x, -, -, AZURE_ML",
        "D6, -, -, -, x, -, -, -, CLOUD_SHELL",
        "D7, -, -, -, -, x, -, -, IMDS",
        "D8, x, -, -, -, -, x, -, ARC",
        "D9, -, -, -, -, -, -, x, ARC",
        "D10, x, -, -, -, -, -, -, IMDS",
        "D11, -, -, -, -, -, x, -, IMDS",
        "D12, x, x, -, -, -, x, x, APP_SERVICE",
        "D13, blank, x, -, -, -, -, -, IMDS",
        "D14, -, x, x, -, -, -, -, IMDS",
        "D15, x, -, -, x, -, x, -, CLOUD_SHELL"
    })
    void detect_row_findsSource(
            String row,
            String ie,
            String ih,
            String tp,
            String me,
            String ms,
            String im,
            String himds,
            SourceKind expected) {
        String[] given = {ie, ih, tp, me, ms, im};
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < NAMES.length; i++) {
            if (!given[i].equals("-")) {
                variables.put(NAMES[i], given[i].equals("blank") ? "  " : "value");
            }
        }
        FileCheck files = path -> himds.equals("x");

        assertEquals(expected, detect(Environment.of(variables, Map.of("os.name", "Linux")), files));
    }

    @ParameterizedTest(name = "D9 {0}")
    @CsvSource({
        "Linux, /opt/azcmagent/bin/himds",
        "Linux, /var/opt/azcmagent/bin/himds",
        "Windows Server 2022, C:\\Program Files\\AzureConnectedMachineAgent\\himds.exe"
    })
    void detect_agentInstalled_findsArc(String system, String agent) {
        Environment environment =
                Environment.of(Map.of("ProgramFiles", "C:\\Program Files"), Map.of("os.name", system));

        assertEquals(SourceKind.ARC, detect(environment, Set.of(agent)::contains));
    }

    @ParameterizedTest(name = "D16 {0}")
    @CsvSource({"Mac OS X", "FreeBSD", "''"})
    void detect_agentFileOnOtherSystem_findsImds(String system) {
        assertEquals(SourceKind.IMDS, detect(Environment.of(Map.of(), Map.of("os.name", system)), path -> true));
    }

    @Test
    void detect_windowsWithoutProgramFiles_findsImds() {
        assertEquals(SourceKind.IMDS, detect(Environment.of(Map.of(), Map.of("os.name", "Windows 11")), path -> true));
    }

    @ParameterizedTest(name = "D20 D21 {0}")
    @CsvSource({
        "tenant file client, none, TOKEN_EXCHANGE",
        "tenant file, client, TOKEN_EXCHANGE",
        "tenant file client, client, TOKEN_EXCHANGE",
        "tenant file, none, IMDS",
        "tenant client, none, IMDS",
        "file client, none, IMDS",
        "tenant file client, object, IMDS",
        "tenant file client, resource, IMDS"
    })
    void detect_workloadVariables_exchangeWhenComplete(String set, String kind, SourceKind expected) {
        Map<String, String> variables = new HashMap<>();
        if (set.contains("tenant")) {
            variables.put("AZURE_TENANT_ID", "t");
        }
        if (set.contains("file")) {
            variables.put("AZURE_FEDERATED_TOKEN_FILE", "/token");
        }
        if (set.contains("client")) {
            variables.put("AZURE_CLIENT_ID", "c");
        }
        SelectedIdentity identity =
                switch (kind) {
                    case "client" -> SelectedIdentity.inCode(ManagedIdentityId.clientId("c"));
                    case "object" -> SelectedIdentity.inCode(ManagedIdentityId.objectId("o"));
                    case "resource" -> SelectedIdentity.inCode(ManagedIdentityId.resourceId("/subscriptions/r"));
                    default -> SelectedIdentity.NONE;
                };

        assertEquals(expected, SourceKind.detect(Environment.of(variables), identity, NO_FILES));
    }

    @Test
    void fileCheck_realFiles_tellsFilesFromDirectories(@org.junit.jupiter.api.io.TempDir java.nio.file.Path directory)
            throws java.io.IOException {
        java.nio.file.Path file = java.nio.file.Files.writeString(directory.resolve("himds"), "x");

        assertEquals(true, FileCheck.FILE_SYSTEM.isReadableFile(file.toString()));
        assertEquals(false, FileCheck.FILE_SYSTEM.isReadableFile(directory.toString()));
        assertEquals(
                false,
                FileCheck.FILE_SYSTEM.isReadableFile(directory.resolve("absent").toString()));
    }

    private static SourceKind detect(Environment environment, FileCheck files) {
        return SourceKind.detect(environment, SelectedIdentity.NONE, files);
    }
}
