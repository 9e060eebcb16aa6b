// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenCredential;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaTokenCallbackHandlerTest {
    private static final Instant EXPIRY = Instant.parse("2030-01-01T00:00:00Z");

    private static OAuthBearerTokenCallback ask(Map<String, ?> configs, Map<String, ?> options) throws Exception {
        KafkaTokenCallbackHandler handler = new KafkaTokenCallbackHandler();
        handler.configure(configs, "OAUTHBEARER", modules(options));
        OAuthBearerTokenCallback callback = new OAuthBearerTokenCallback();
        handler.handle(new Callback[] {callback});
        handler.close();
        return callback;
    }

    private static List<AppConfigurationEntry> modules(Map<String, ?> options) {
        return List.of(new AppConfigurationEntry(
                OAuthBearerLoginModule.class.getName(), LoginModuleControlFlag.REQUIRED, options));
    }

    private static Map<String, Object> configs(Object servers, TokenCredential credential) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", servers);
        configs.put("security.protocol", "SASL_SSL");
        configs.put(KafkaTokenCallbackHandler.CREDENTIAL_CONFIG, credential);
        return configs;
    }

    /** Gives the scope as token, so that tests can see it. */
    private static final TokenCredential ECHO =
            request -> AccessToken.of(request.scopes().get(0), EXPIRY, "Fake");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "contoso.servicebus.windows.net:9093, https://contoso.servicebus.windows.net/.default",
        "Contoso.Servicebus.Windows.net:9093, https://contoso.servicebus.windows.net/.default",
        "contoso.servicebus.usgovcloudapi.net:9093, https://contoso.servicebus.usgovcloudapi.net/.default"
    })
    void scope_ofEventHubs_isTheNamespace(String server, String scope) throws Exception {
        assertEquals(
                scope, ask(configs(List.of(server), ECHO), Map.of()).token().value());
        assertEquals(
                scope, ask(configs(server + ",other:1", ECHO), Map.of()).token().value());
    }

    @Test
    void scope_ofLoginModule_wins() throws Exception {
        OAuthBearerToken token = ask(
                        configs(List.of("contoso.servicebus.windows.net:9093"), ECHO),
                        Map.of("scope", "api://kafka/.default"))
                .token();
        assertEquals("api://kafka/.default", token.value());
        assertEquals(Set.of("api://kafka/.default"), token.scope());
        assertEquals(EXPIRY.toEpochMilli(), token.lifetimeMs());
        assertEquals("Fake", token.principalName());
        assertNull(token.startTimeMs());
    }

    @Test
    void scope_ofOtherServer_mustBeGiven() {
        assertRefused(
                "bootstrap.servers names no Event Hubs namespace, so say what tokens are for:"
                        + " sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule"
                        + " required scope=\"api://kafka/.default\";",
                configs(List.of("servicebus.windows.net.evil.example:9093"), ECHO),
                "OAUTHBEARER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker.example:9092", "127.0.0.1:9092,broker.example:9092", ""})
    void plainText_toAnotherMachine_isRefused(String servers) {
        Map<String, Object> configs = configs(servers, ECHO);
        configs.put("security.protocol", "SASL_PLAINTEXT");
        assertRefused(
                "with security.protocol=SASL_PLAINTEXT the token would be readable on the network; set SASL_SSL",
                configs,
                "OAUTHBEARER");
        configs.remove("bootstrap.servers");
        assertThrows(IllegalArgumentException.class, () -> ask(configs, Map.of("scope", "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9092", "localhost:9092,[::1]:9092"})
    void plainText_onThisMachine_isAllowed(String servers) throws Exception {
        Map<String, Object> configs = configs(servers, ECHO);
        configs.put("security.protocol", "SASL_PLAINTEXT");
        assertEquals("x", ask(configs, Map.of("scope", "x")).token().value());
    }

    @Test
    void mechanism_other_isRefused() {
        assertRefused("sasl.mechanism is PLAIN; tokens need OAUTHBEARER", configs("x", ECHO), "PLAIN");
    }

    @Test
    void credential_ofAnotherType_isRefused() {
        Map<String, Object> configs = configs("contoso.servicebus.windows.net:9093", ECHO);
        configs.put(KafkaTokenCallbackHandler.CREDENTIAL_CONFIG, "ManagedIdentityCredential");
        assertRefused(
                "signet.credential must be a TokenCredential, not a java.lang.String; leave it out for a"
                        + " DefaultAzureCredential",
                configs,
                "OAUTHBEARER");
    }

    @Test
    void credential_ofTheCaller_isNotClosed() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        TokenCredential credential = new TokenCredential() {
            @Override
            public AccessToken getToken(dev.signet.identity.TokenRequestContext request) {
                return AccessToken.of("token", EXPIRY, "Fake");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        ask(configs("contoso.servicebus.windows.net:9093", credential), Map.of());
        assertFalse(closed.get());
    }

    @Test
    void failure_isTheErrorOfTheLogin() throws Exception {
        OAuthBearerTokenCallback callback = ask(
                configs("contoso.servicebus.windows.net:9093", request -> {
                    throw new ClientAuthenticationException(FailureDetails.rejected("Fake", "no")
                            .errorCode("invalid_client")
                            .link("https://signet.dev/x")
                            .build());
                }),
                Map.of());
        assertNull(callback.token());
        assertEquals("invalid_client", callback.errorCode());
        assertEquals("Fake: no. https://signet.dev/x", callback.errorDescription());
        assertEquals("https://signet.dev/x", callback.errorUri());
    }

    @Test
    void callback_ofAnotherKind_isUnsupported() {
        KafkaTokenCallbackHandler handler = new KafkaTokenCallbackHandler();
        assertThrows(
                UnsupportedCallbackException.class, () -> handler.handle(new Callback[] {new NameCallback("name")}));
    }

    @Test
    void handle_notConfigured_saysWho() {
        KafkaTokenCallbackHandler handler = new KafkaTokenCallbackHandler();
        IllegalStateException failure = assertThrows(
                IllegalStateException.class, () -> handler.handle(new Callback[] {new OAuthBearerTokenCallback()}));
        assertEquals(
                "configure was not called; the client does so for the class named in sasl.login.callback.handler.class",
                failure.getMessage());
    }

    private static void assertRefused(String message, Map<String, ?> configs, String mechanism) {
        KafkaTokenCallbackHandler handler = new KafkaTokenCallbackHandler();
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> handler.configure(configs, mechanism, modules(Map.of())));
        assertEquals(message, refused.getMessage());
    }
}
