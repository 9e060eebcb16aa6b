// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ProxySettings;
import dev.signet.identity.core.SocketHttpTransport;
import dev.signet.identity.interactive.DeviceCodeCredential;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.TestContext;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A process that gets a token of a user: home, authority, trust store, whether plain text is allowed, scope, and the
 * record of who signed in before. Without a record it prints one after the sign-in.
 */
final class SignInProgram {
    private SignInProgram() {}

    public static void main(String[] arguments) throws Exception {
        TestContext context = new TestContext()
                .authorityHost(URI.create(arguments[1]))
                .transport(transport(Path.of(arguments[2])))
                .property("os.name", "Linux")
                .property("user.home", arguments[0]);
        BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        DeviceCodeCredential.Builder builder = DeviceCodeCredential.builder()
                .context(context)
                .tokenCachePersistenceOptions(TokenCachePersistenceOptions.defaults()
                        .withUnencryptedStorageAllowed(Boolean.parseBoolean(arguments[3])))
                .prompt(info -> {
                    System.out.println("> " + info.userCode());
                    try {
                        answers.readLine();
                    } catch (java.io.IOException failure) {
                        throw new java.io.UncheckedIOException(failure);
                    }
                });
        TokenRequestContext request = TokenRequestContext.of(arguments[4]);
        if (arguments.length > 5) {
            builder.authenticationRecord(AuthenticationRecord.fromJson(arguments[5]))
                    .disableAutomaticAuthentication();
        }
        DeviceCodeCredential credential = builder.build();
        if (arguments.length <= 5) {
            System.out.println("> " + credential.authenticate(request).toJson().replaceAll("\\s+", ""));
        }
        AccessToken token = credential.getToken(request);
        System.out.println("> " + token.token());
    }

    static SocketHttpTransport transport(Path trustStore) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (var content = Files.newInputStream(trustStore)) {
            trusted.load(content, "changeit".toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return new SocketHttpTransport(ProxySettings.from(Environment.empty()), System::nanoTime)
                .withSslSocketFactory(tls.getSocketFactory());
    }
}
