// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Secret;
import dev.signet.identity.core.OperatingSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the agent's key file, and no other: the path comes from the network, and what is read is sent there. */
final class ArcKey {
    private static final int MAX_BYTES = 4096;
    private static final String LINUX_DIRECTORY = "/var/opt/azcmagent/tokens";

    private ArcKey() {}

    static Secret read(String path, SourceSetup setup) {
        boolean windows = OperatingSystem.of(setup.environment()) == OperatingSystem.WINDOWS;
        String directory = directory(setup, windows);
        if (!ArcKeyPath.isKeyFile(path, directory, windows)) {
            throw wrong("is not a .key file right in the agent's key directory");
        }
        byte[] content;
        try {
            Path real = Path.of(path).toRealPath();
            if (!Path.of(directory).toRealPath().equals(real.getParent()) || !Files.isRegularFile(real)) {
                throw wrong("is not a regular file in the agent's key directory");
            }
            try (InputStream input = Files.newInputStream(real)) {
                content = input.readNBytes(MAX_BYTES + 1);
            }
        } catch (IOException unreadable) {
            throw Failures.rejected(
                    "the key file of Azure Arc cannot be read ("
                            + unreadable.getClass().getSimpleName() + ")",
                    "Add this user to the group "
                            + (windows ? "'Hybrid agent extension applications'" : "'himds'")
                            + " and log in again.",
                    unreadable);
        }
        return key(content);
    }

    private static String directory(SourceSetup setup, boolean windows) {
        String given = setup.context().setting("arcKeyDirectory").orElse("");
        if (!given.isEmpty()) {
            return given;
        }
        if (!windows) {
            return LINUX_DIRECTORY;
        }
        String programData = setup.variable("ProgramData");
        if (programData.isEmpty()) {
            throw Failures.rejected(
                    "the key directory of Azure Arc is not known: ProgramData is not set",
                    "Set ProgramData as Windows does.",
                    null);
        }
        return programData + "\\AzureConnectedMachineAgent\\Tokens";
    }

    private static Secret key(byte[] content) {
        if (content.length > MAX_BYTES) {
            throw wrong("has more than " + MAX_BYTES + " bytes");
        }
        int end = content.length;
        while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
            end--;
        }
        if (end == 0) {
            throw wrong("is empty");
        }
        for (int i = 0; i < end; i++) {
            if (content[i] < 0x21 || content[i] > 0x7E) {
                throw wrong("has characters that cannot stand in an HTTP header");
            }
        }
        return Secret.of(new String(content, 0, end, StandardCharsets.US_ASCII));
    }

    private static ClientAuthenticationException wrong(String what) {
        return Failures.rejected(
                "the key file that Azure Arc names " + what,
                "Check that the Azure Connected Machine agent listens at IDENTITY_ENDPOINT.",
                null);
    }
}
