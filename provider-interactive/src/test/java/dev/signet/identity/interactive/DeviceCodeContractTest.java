// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.time.InstantSource;
import java.util.Optional;

class DeviceCodeContractTest extends UserFixture implements TokenCredentialContract {
    @Override
    public String credentialName() {
        return "DeviceCodeCredential";
    }

    @Override
    public TokenCredential credential() {
        return DeviceCodeCredential.builder()
                .context(context)
                .prompt(info -> authority.signIns().approveDevice(info.userCode(), alice))
                .build();
    }

    @Override
    public TokenCredential failingCredential() {
        return DeviceCodeCredential.builder()
                .context(context)
                .prompt(info -> authority.signIns().declineDevice(info.userCode()))
                .build();
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        authority.always(Reply.hang());
        return Optional.of(credential());
    }

    @Override
    public InstantSource clock() {
        return cloud.clock();
    }
}
