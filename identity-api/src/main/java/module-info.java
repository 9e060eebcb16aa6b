/**
 * Credentials for Microsoft Entra ID: what applications call and what plug-ins implement.
 *
 * @since 0.1.0
 */
module dev.signet.identity {
    requires static org.jspecify;

    exports dev.signet.identity;
    exports dev.signet.identity.spi;
}
