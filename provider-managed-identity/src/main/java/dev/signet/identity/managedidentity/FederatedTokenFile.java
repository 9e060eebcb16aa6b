// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.ClientProof;
import dev.signet.identity.core.ClientProofSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file into which Kubernetes writes the pod's token, and writes it anew before it expires. */
final class FederatedTokenFile implements ClientProofSource {
    private static final int MAX_BYTES = 64 * 1024;

    private final String credentialName;
    private final Path path;

    FederatedTokenFile(String credentialName, Path path) {
        this.credentialName = credentialName;
        this.path = path;
    }

    @Override
    public ClientProof current(String clientId, URI tokenEndpoint) {
        byte[] content;
        try (InputStream input = Files.newInputStream(path)) {
            content = input.readNBytes(MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw unusable("cannot be read (" + unreadable.getClass().getSimpleName() + ")", unreadable);
        }
        if (content.length > MAX_BYTES) {
            throw unusable("is over 64 KiB", null);
        }
        String text = trimmed(new String(content, StandardCharsets.UTF_8));
        if (text.isEmpty()) {
            throw unusable("is empty", null);
        }
        return ClientProof.ofAssertion(Secret.of(text));
    }

    @Override
    public ClientProof renewed(String clientId, URI tokenEndpoint, ClientProof refused) {
        return current(clientId, tokenEndpoint);
    }

    private static String trimmed(String text) {
        String rest = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return rest.strip();
    }

    private ClientAuthenticationException unusable(String what, @Nullable IOException cause) {
        return new ClientAuthenticationException(
                FailureDetails.rejected(credentialName, "the token file " + path + " " + what)
                        .outcome(Outcome.UNAVAILABLE)
                        .unavailableReason(UnavailableReason.NOT_CONFIGURED)
                        .remedy("Check the pod's token volume and who may read it.")
                        .build(),
                cause);
    }

    @Override
    public String toString() {
        return "FederatedTokenFile[" + path + "]";
    }
}
