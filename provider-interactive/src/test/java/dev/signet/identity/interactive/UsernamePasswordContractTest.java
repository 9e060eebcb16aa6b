// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

@SuppressWarnings("deprecation")
class UsernamePasswordContractTest extends UserFixture implements TokenCredentialContract {
    private static final String PASSWORD = "wonder land&1";

    @Override
    public String credentialName() {
        return "UsernamePasswordCredential";
    }

    @Override
    public TokenCredential credential() {
        return UsernamePasswordCredential.builder()
                .context(context)
                .username(alice.userName())
                .password(PASSWORD)
                .build();
    }

    @Override
    public TokenCredential failingCredential() {
        return UsernamePasswordCredential.builder()
                .context(context)
                .username(alice.userName())
                .password("wrong one")
                .build();
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        authority.always(Reply.hang());
        return Optional.of(credential());
    }

    @Override
    public Set<String> secrets() {
        return Set.of(PASSWORD, "wrong one");
    }

    @Override
    public InstantSource clock() {
        return cloud.clock();
    }
}
