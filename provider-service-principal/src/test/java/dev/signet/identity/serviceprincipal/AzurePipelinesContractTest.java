// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

class AzurePipelinesContractTest extends ApplicationFixture implements TokenCredentialContract {
    @BeforeEach
    void registerApplication() {
        register(application().federatedCredential(cloud.azurePipelines().federatedCredential()));
    }

    @Override
    public String credentialName() {
        return "AzurePipelinesCredential";
    }

    @Override
    public TokenCredential credential() {
        return AzurePipelinesCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .serviceConnectionId(cloud.azurePipelines().serviceConnectionId())
                .systemAccessToken(cloud.azurePipelines().systemAccessToken())
                .context(with(cloud.azurePipelines().environment()))
                .build();
    }

    @Override
    public TokenCredential failingCredential() {
        cloud.authority().always(Reply.status(403));
        return credential();
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        cloud.authority().always(Reply.hang());
        return Optional.of(credential());
    }

    @Override
    public InstantSource clock() {
        return cloud.clock();
    }

    @Override
    public Set<String> secrets() {
        return Set.of(cloud.azurePipelines().systemAccessToken());
    }
}
