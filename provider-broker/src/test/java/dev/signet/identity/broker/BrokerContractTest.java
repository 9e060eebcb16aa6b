// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import static dev.signet.identity.broker.BrokerAnswers.SECRET;
import static dev.signet.identity.broker.BrokerAnswers.account;
import static dev.signet.identity.broker.BrokerAnswers.accounts;
import static dev.signet.identity.broker.BrokerAnswers.token;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class BrokerContractTest implements TokenCredentialContract {
    private DesktopSession session;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        session = DesktopSession.start()
                .withBroker()
                .answers("getAccounts", accounts(account("ann@contoso.com")))
                .answers("acquireTokenSilently", token());
    }

    @AfterEach
    void stop() throws IOException {
        if (session != null) {
            session.close();
        }
    }

    @Override
    public String credentialName() {
        return "BrokerCredential";
    }

    @Override
    public TokenCredential credential() {
        return BrokerCredential.builder().context(session.context()).build();
    }

    @Override
    public TokenCredential failingCredential() {
        session.forget("acquireTokenSilently")
                .answers("acquireTokenSilently", "{\"brokerTokenResponse\":{\"accessToken\":\"" + SECRET + "\"}}");
        return credential();
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        session.forget("acquireTokenSilently").hangs("acquireTokenSilently");
        return Optional.of(credential());
    }

    @Override
    public InstantSource clock() {
        return session.context().clock();
    }

    @Override
    public Set<String> secrets() {
        return Set.of(SECRET);
    }
}
