/**
 * Sign-ins of users: their tokens, their accounts and how both are kept. MSAL4J does the protocol behind it and is
 * seen nowhere in the exported package.
 *
 * @uses dev.signet.identity.msal.TokenCacheStoreProvider keeps accounts on disk, where that is asked for
 * @since 0.1.0
 */
@SuppressWarnings("requires-automatic") // MSAL4J has no descriptor; nobody who requires this module sees it
module dev.signet.identity.msal {
    requires com.azure.json; // MSAL4J cannot say itself that it needs it, nor the JDK's XML for federated users
    requires com.fasterxml.jackson.databind;
    requires com.microsoft.aad.msal4j;
    requires transitive dev.signet.identity;
    requires dev.signet.identity.core;
    requires java.xml;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.signet.identity.msal;

    uses dev.signet.identity.msal.TokenCacheStoreProvider;
}
