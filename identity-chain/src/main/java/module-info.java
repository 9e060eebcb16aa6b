/**
 * The chain: finds the installed credentials, orders, selects, tries and explains them.
 *
 * @uses dev.signet.identity.spi.CredentialProvider
 * @since 0.1.0
 */
module dev.signet.identity.chain {
    requires transitive dev.signet.identity;
    requires dev.signet.identity.core;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.signet.identity.chain;

    uses dev.signet.identity.spi.CredentialProvider;
}
