/**
 * Credentials of people: they sign in with a browser, on another device, or have signed in before.
 *
 * @provides dev.signet.identity.spi.CredentialProvider {@code InteractiveBrowserCredential},
 *     {@code DeviceCodeCredential} and {@code SharedTokenCacheCredential}
 * @uses dev.signet.identity.interactive.BrowserOpener another way to open a browser, where one is installed
 * @since 0.1.0
 */
module dev.signet.identity.interactive {
    requires transitive dev.signet.identity;
    requires dev.signet.identity.core;
    requires transitive dev.signet.identity.msal;
    requires jdk.httpserver;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.signet.identity.interactive;

    uses dev.signet.identity.interactive.BrowserOpener;

    provides dev.signet.identity.spi.CredentialProvider with
            dev.signet.identity.interactive.internal.DeviceCodeCredentialProvider,
            dev.signet.identity.interactive.internal.InteractiveBrowserCredentialProvider,
            dev.signet.identity.interactive.internal.SharedTokenCacheCredentialProvider;
}
