package com.example.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.chain.LinkExplanation;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.MutableClock;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The credential keeps the contracts, and takes part in the chain like any other. */
class VaultTokenCredentialTest implements CredentialProviderContract, TokenCredentialContract {
    private final MutableClock clock = MutableClock.now();

    @TempDir
    Path folder;

    private Path tokenFile() {
        try {
            return Files.writeString(folder.resolve("token"), "marker-token\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static DefaultAzureCredential chain(Map<String, String> variables) {
        return DefaultAzureCredential.builder()
                .environment(Environment.of(variables))
                .build();
    }

    private static List<String> selected(String selection) {
        try (DefaultAzureCredential chain = chain(Map.of("AZURE_TOKEN_CREDENTIALS", selection))) {
            return chain.explain().links().stream()
                    .filter(link -> link.installed() && link.selected())
                    .map(LinkExplanation::name)
                    .toList();
        }
    }

    @Test
    void chain_findsIt_inTheOrderOfItsMetadata() {
        assertEquals(
                List.of("WorkloadIdentityCredential", "VaultTokenCredential", "ManagedIdentityCredential"),
                selected("prod"));
    }

    @Test
    void chain_selectedByName_givesItsToken() {
        Map<String, String> variables = Map.of(
                "AZURE_TOKEN_CREDENTIALS", "VaultTokenCredential", "VAULT_TOKEN_FILE", tokenFile().toString());
        try (DefaultAzureCredential chain = chain(variables)) {
            AccessToken token = chain.getToken(request());
            assertEquals("marker-token", token.token());
            assertEquals("VaultTokenCredential", token.credentialName());
        }
    }

    @Test
    void chain_otherCategory_leavesItOut() {
        assertEquals(List.of("ManagedIdentityCredential"), selected("ManagedIdentityCredential"));
    }

    @Test
    void module_onModulePath_isNamed() {
        boolean modulePath = System.getProperty("jdk.module.path") != null;
        assertEquals(modulePath, VaultTokenCredential.class.getModule().isNamed());
    }

    @Override
    public CredentialProvider provider() {
        return new VaultTokenCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext(clock).env("VAULT_TOKEN_FILE", tokenFile().toString());
    }

    @Override
    public String credentialName() {
        return "VaultTokenCredential";
    }

    @Override
    public TokenCredential credential() {
        return provider().create(context());
    }

    @Override
    public TokenCredential failingCredential() {
        return provider().create(new TestContext(clock).env("VAULT_TOKEN_FILE", folder.resolve("absent").toString()));
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Override
    public TokenRequestContext request() {
        return TokenRequestContext.of("https://vault.azure.net/.default");
    }

    @Override
    public Set<String> secrets() {
        return Set.of("marker-token");
    }
}
