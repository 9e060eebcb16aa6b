// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.interactive.DeviceCodeCredential;
import dev.signet.identity.interactive.SharedTokenCacheCredential;
import dev.signet.identity.testkit.TestContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process that does what it is told with the shared cache of a home: home, authority, trust store. Each line of its
 * input is a user name to get a token for, empty for anybody, or {@code sign-in}.
 */
final class SharedCacheProgram {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("https://vault.azure.net/.default");
    private static final TokenCachePersistenceOptions SHARED =
            TokenCachePersistenceOptions.defaults().withName("msal.cache").withUnencryptedStorageAllowed(true);

    private SharedCacheProgram() {}

    public static void main(String[] arguments) throws Exception {
        TestContext context = new TestContext()
                .authorityHost(URI.create(arguments[1]))
                .transport(SignInProgram.transport(Path.of(arguments[2])))
                .property("os.name", "Linux")
                .property("user.home", arguments[0]);
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            if (line.equals("sign-in")) {
                signIn(context, told);
            } else {
                System.out.println("> " + ask(context, line));
            }
        }
    }

    private static void signIn(TestContext context, BufferedReader told) {
        DeviceCodeCredential.builder()
                .context(context)
                .tokenCachePersistenceOptions(SHARED)
                .prompt(info -> {
                    System.out.println("> " + info.userCode());
                    try {
                        told.readLine();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                })
                .build()
                .authenticate(REQUEST);
        System.out.println("> done");
    }

    private static String ask(TestContext context, String userName) {
        SharedTokenCacheCredential credential = SharedTokenCacheCredential.builder()
                .context(context)
                .tokenCachePersistenceOptions(SHARED)
                .username(userName)
                .build();
        try {
            return credential.getToken(REQUEST).token();
        } catch (ClientAuthenticationException failure) {
            return failure.getClass().getSimpleName() + ": " + failure.getMessage();
        }
    }
}
