/** A credential that reads tokens which an agent puts into a file. */
module com.example.vault {
    requires dev.signet.identity;

    provides dev.signet.identity.spi.CredentialProvider with
            com.example.vault.VaultTokenCredentialProvider;
}
