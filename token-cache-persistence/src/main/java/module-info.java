/**
 * Keeps token caches of users on disk, encrypted by the operating system, shared by processes.
 *
 * @provides dev.signet.identity.msal.TokenCacheStoreProvider the store that {@code TokenCachePersistenceOptions} ask for
 * @since 0.1.0
 */
@SuppressWarnings("requires-automatic") // neither has a descriptor; nobody who requires this module sees them
module dev.signet.identity.persistence {
    requires com.sun.jna.platform;
    requires transitive dev.signet.identity;
    requires dev.signet.identity.core;
    requires transitive dev.signet.identity.msal;
    requires msal4j.persistence.extension;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.signet.identity.persistence;

    provides dev.signet.identity.msal.TokenCacheStoreProvider with
            dev.signet.identity.persistence.DiskTokenCacheStoreProvider;
}
