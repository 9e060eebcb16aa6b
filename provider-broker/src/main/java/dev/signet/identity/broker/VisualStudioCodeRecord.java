// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.spi.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file in which the Azure Resources extension of Visual Studio Code says who signed in. Every program of the user can
 * write it, so nothing in it is taken on trust. It is read anew each time.
 */
final class VisualStudioCodeRecord {
    static final String CLIENT_ID = "aebc6443-996d-45c2-90f0-388ff96faa56";

    private static final int MAX_BYTES = 10 * 1024;
    private static final String SIGN_IN = "Sign in to Azure with the Azure Resources extension of Visual Studio Code.";

    private final Environment environment;

    VisualStudioCodeRecord(Environment environment) {
        this.environment = environment;
    }

    /** Where the record is; empty if it is nowhere. */
    Optional<Path> file() {
        String home = environment.property("user.home").orElse("");
        for (String folder : new String[] {".azure", ".Azure"}) {
            Path file = Path.of(home, folder, "ms-azuretools.vscode-azureresourcegroups", "authRecord.json");
            if (!home.isEmpty() && Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Who signed in; an exception names the one thing that is missing or wrong. */
    AuthenticationRecord read() {
        Path file = file().orElseThrow(
                        () -> unavailable(UnavailableReason.NOT_SIGNED_IN, "nobody signed in to Visual Studio Code"));
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw unavailable(UnavailableReason.NOT_CONFIGURED, "the sign-in record cannot be read");
        }
        if (bytes.length > MAX_BYTES) {
            throw wrong("is longer than 10 KiB");
        }
        JsonObject members = JsonObject.parse(bytes).orElseThrow(() -> wrong("is no JSON object"));
        AuthenticationRecord record;
        try {
            record = AuthenticationRecord.fromJson(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException incomplete) {
            throw wrong("is not complete: " + incomplete.getMessage());
        }
        if (!record.clientId().equalsIgnoreCase(CLIENT_ID)) {
            throw wrong("is of another application");
        }
        if (!isSignInHost(members.string("authority").orElse(""))) {
            throw wrong("names a sign-in host that is not Microsoft's, or without https");
        }
        return record;
    }

    private static boolean isSignInHost(String authority) {
        try {
            URI host = AuthorityHost.parse("authority", authority);
            return AuthorityHost.isTrusted(host.getHost()) && host.getPort() < 0;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static CredentialUnavailableException wrong(String what) {
        return unavailable(UnavailableReason.UNEXPECTED_ANSWER, "the sign-in record of Visual Studio Code " + what);
    }

    private static CredentialUnavailableException unavailable(UnavailableReason code, String reason) {
        return new CredentialUnavailableException(
                FailureDetails.unavailable(VisualStudioCodeCredential.NAME, code, reason)
                        .remedy(SIGN_IN)
                        .build());
    }
}
