package com.example.vault;

import dev.signet.identity.AccessToken;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.ProviderContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Gives the token in the file that VAULT_TOKEN_FILE names. The agent renews it, so it is read again each time. */
record VaultTokenCredential(ProviderContext context) implements TokenCredential {
    private static final String NAME = "VaultTokenCredential";
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    @Override
    public AccessToken getToken(TokenRequestContext request) {
        String file = context.environment().get("VAULT_TOKEN_FILE").orElse("/vault/secrets/token");
        try {
            String token = Files.readString(Path.of(file)).strip();
            return AccessToken.of(token, context.clock().instant().plus(LIFETIME), NAME);
        } catch (IOException absent) {
            throw new CredentialUnavailableException(NAME, "no file " + file, "Set VAULT_TOKEN_FILE.");
        }
    }

    @Override
    public String toString() {
        return NAME;
    }
}
