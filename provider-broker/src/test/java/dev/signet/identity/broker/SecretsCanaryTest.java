// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import static dev.signet.identity.broker.BrokerAnswers.SECRET;
import static dev.signet.identity.broker.BrokerAnswers.account;
import static dev.signet.identity.broker.BrokerAnswers.accounts;
import static dev.signet.identity.broker.BrokerAnswers.jwt;
import static dev.signet.identity.broker.BrokerAnswers.refusal;
import static dev.signet.identity.broker.BrokerAnswers.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No message, cause or log line shows what the broker gave, whatever went wrong. */
class SecretsCanaryTest {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("https://vault.azure.net/.default");

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "incomplete", "refusal"})
    void failure_showsNoToken(String kind) throws Exception {
        String marker = kind.equals("refusal") ? jwt("{\"marker\":1}") : SECRET;
        String answer =
                switch (kind) {
                    case "garbage" -> "<" + marker + ">";
                    case "incomplete" -> "{\"brokerTokenResponse\":{\"accessToken\":\"" + marker + "\"}}";
                    default -> refusal(9, "the token " + marker + " is bad");
                };
        try (DesktopSession session = DesktopSession.start().withBroker();
                LogCapture log = LogCapture.start()) {
            session.answers("getAccounts", accounts(account("ann@contoso.com")))
                    .answers("acquireTokenSilently", answer);
            TokenCredential credential =
                    BrokerCredential.builder().context(session.context()).build();

            Throwable failure = assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertFalse(cause.toString().contains(marker), cause.toString());
            }
            assertFalse(log.text().contains(marker), log.text());
            assertFalse(log.text().isEmpty());
        }
    }

    @Test
    void renewal_showsNoToken() throws Exception {
        try (DesktopSession session = DesktopSession.start().withBroker();
                LogCapture log = LogCapture.start()) {
            session.answers("getAccounts", accounts(account("ann@contoso.com")))
                    .answers("acquireTokenSilently", token());
            TokenCredential credential =
                    BrokerCredential.builder().context(session.context()).build();

            assertEquals(SECRET, credential.getToken(REQUEST).token());
            assertEquals(
                    SECRET, credential.getToken(REQUEST.withClaims("{\"a\":1}")).token());

            assertFalse(log.text().contains(SECRET), log.text());
            assertFalse(log.text().contains("ann@contoso.com"), log.text());
        }
    }
}
