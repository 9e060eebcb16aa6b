/**
 * The engine that credential families share: token cache, HTTP transport, tenant and authority rules, JSON reading.
 *
 * @since 0.1.0
 */
module dev.signet.identity.core {
    requires transitive dev.signet.identity;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.signet.identity.core;
}
