/**
 * Credentials of the user who is signed in to the machine: the brokers of Windows and Linux, and Visual Studio Code.
 *
 * @provides dev.signet.identity.spi.CredentialProvider {@code VisualStudioCodeCredential} and {@code BrokerCredential}
 * @since 0.1.0
 */
@SuppressWarnings("requires-automatic") // the runtime has no descriptor; nobody who requires this module sees it
module dev.signet.identity.broker {
    requires com.fasterxml.jackson.databind;
    requires transitive dev.signet.identity;
    requires dev.signet.identity.core;
    requires transitive dev.signet.identity.msal; // who signed in is an AuthenticationRecord
    requires javamsalruntime;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.signet.identity.broker;

    provides dev.signet.identity.spi.CredentialProvider with
            dev.signet.identity.broker.internal.BrokerCredentialProvider,
            dev.signet.identity.broker.internal.VisualStudioCodeCredentialProvider;
}
