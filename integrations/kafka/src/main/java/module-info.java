/**
 * Tokens for Kafka clients that sign in with SASL/OAUTHBEARER.
 *
 * @since 0.1.0
 */
@SuppressWarnings("requires-automatic") // kafka-clients has no descriptor
module dev.signet.identity.integration.kafka {
    requires transitive dev.signet.identity;
    requires dev.signet.identity.chain;
    requires static kafka.clients;
    requires static org.jspecify;

    exports dev.signet.identity.integration.kafka;
}
