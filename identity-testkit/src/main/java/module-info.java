/**
 * The embedded cloud: an Entra authority, managed-identity endpoints, jobs with id tokens and a resource on localhost,
 * keys and certificates, test doubles for the SPI, and contract tests for credentials.
 *
 * @since 0.1.0
 */
module dev.signet.identity.testkit {
    requires transitive dev.signet.identity;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    exports dev.signet.identity.testkit;
    exports dev.signet.identity.testkit.junit;
}
