// SPDX-License-Identifier: MIT
package com.example;

// tag::custom
import dev.signet.identity.*;
import dev.signet.identity.spi.*;
import java.io.IOException;
import java.nio.file.*;
import java.time.Duration;

@ProviderInfo(name = "VaultTokenCredential", category = Category.DEPLOYED, order = 250)
public final class VaultTokenProvider implements CredentialProvider {
    @Override
    public TokenCredential create(ProviderContext context) {
        return new VaultTokenCredential(context);
    }
}

record VaultTokenCredential(ProviderContext context) implements TokenCredential {
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        String file = context.environment().get("VAULT_TOKEN_FILE").orElse("/vault/secrets/token");
        try {
            String token = Files.readString(Path.of(file)).strip();
            return AccessToken.of(token, context.clock().instant().plus(Duration.ofMinutes(5)), "VaultTokenCredential");
        } catch (IOException absent) {
            throw new CredentialUnavailableException(
                    "VaultTokenCredential", "no file " + file, "Set VAULT_TOKEN_FILE.");
        }
    }
}
// end::custom
