// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.kafka;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.jspecify.annotations.Nullable;

/**
 * Signs Kafka clients in with tokens, for {@code sasl.login.callback.handler.class}. Tokens come from a {@code
 * DefaultAzureCredential}, or from the credential in {@value #CREDENTIAL_CONFIG}. Kafka asks for a new token before
 * the old one expires and signs in again over open connections. Made and closed by the client.
 *
 * @since 0.1.0
 */
public final class KafkaTokenCallbackHandler implements AuthenticateCallbackHandler {
    /** The setting of a client that holds a {@link TokenCredential}, which stays the caller's to close: {@value}. */
    public static final String CREDENTIAL_CONFIG = "signet.credential";

    private @Nullable TokenCredential credential;
    private @Nullable TokenCredential own;
    private @Nullable TokenRequestContext request;

    /** Made by the client. */
    public KafkaTokenCallbackHandler() {}

    /**
     * Reads the client's settings. The option {@code scope} of the login module says what tokens are for; without it,
     * the first of {@code bootstrap.servers} does, if it is an Event Hubs namespace.
     *
     * @throws IllegalArgumentException if the mechanism is not {@code OAUTHBEARER}, there is no scope, or tokens
     *     would be readable on the network
     */
    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> modules) {
        KafkaSettings settings = new KafkaSettings(configs, modules);
        settings.check(mechanism);
        request = TokenRequestContext.of(settings.scope());
        Object given = configs.get(CREDENTIAL_CONFIG);
        if (given == null) {
            own = DefaultAzureCredential.create();
            credential = own;
        } else if (given instanceof TokenCredential known) {
            credential = known;
        } else {
            throw new IllegalArgumentException(CREDENTIAL_CONFIG + " must be a TokenCredential, not a "
                    + given.getClass().getName() + "; leave it out for a DefaultAzureCredential");
        }
    }

    /**
     * Gives a token, or says why there is none.
     *
     * @throws UnsupportedCallbackException if the client asks for anything else
     */
    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (!(callback instanceof OAuthBearerTokenCallback wanted)) {
                throw new UnsupportedCallbackException(callback);
            }
            answer(wanted);
        }
    }

    private void answer(OAuthBearerTokenCallback wanted) {
        TokenCredential source = credential;
        TokenRequestContext context = request;
        if (source == null || context == null) {
            throw new IllegalStateException("configure was not called; the client does so for the class named in"
                    + " sasl.login.callback.handler.class");
        }
        try {
            wanted.token(
                    new KafkaToken(source.getToken(context), context.scopes().get(0)));
        } catch (ClientAuthenticationException noToken) {
            FailureDetails details = noToken.details();
            wanted.error(
                    details.errorCode().orElse("no_token"),
                    details.message(),
                    details.link().orElse(null));
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
