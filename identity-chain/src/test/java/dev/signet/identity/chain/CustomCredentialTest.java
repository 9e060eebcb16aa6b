// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.VaultTokenProvider;
import dev.signet.identity.AccessToken;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's credential of one's own takes part in the chain like ours. */
final class CustomCredentialTest {
    private static final TokenRequestContext VAULT = TokenRequestContext.of("https://vault.azure.net/.default");

    @TempDir
    private Path folder;

    @Test
    void customCredential_selectedByName_givesItsToken() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-the-file\n");
        DefaultAzureCredential chain = chain("VaultToken", file);
        assertEquals(List.of("VaultToken"), Chains.names(chain));
        AccessToken token = chain.getToken(VAULT);
        assertEquals("from-the-file", token.token());
        assertEquals("VaultTokenCredential", token.credentialName());
    }

    @Test
    void customCredential_categorySelected_takesPart() {
        assertEquals(List.of("VaultToken"), Chains.names(chain("prod", folder)));
    }

    @Test
    void customCredential_withoutItsFile_saysWhatToDo() {
        Path absent = folder.resolve("absent");
        DefaultAzureCredential chain = chain("VaultTokenCredential", absent);
        CredentialUnavailableException failure =
                assertThrows(CredentialUnavailableException.class, () -> chain.getToken(VAULT));
        assertEquals("no file " + absent, failure.attempts().get(0).reason());
        assertEquals("Set VAULT_TOKEN_FILE.", failure.attempts().get(0).remedy());
    }

    private static DefaultAzureCredential chain(String selection, Path file) {
        Map<String, String> variables =
                Map.of("AZURE_TOKEN_CREDENTIALS", selection, "VAULT_TOKEN_FILE", file.toString());
        return DefaultAzureCredential.builder()
                .environment(Environment.of(variables))
                .discovery(false)
                .addProvider(new VaultTokenProvider())
                .build();
    }
}
