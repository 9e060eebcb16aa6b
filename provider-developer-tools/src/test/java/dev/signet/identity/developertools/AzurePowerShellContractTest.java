// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.testkit.ToolReply;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class AzurePowerShellContractTest extends ToolFixture implements TokenCredentialContract {
    @Override
    String toolName() {
        return "pwsh";
    }

    @Override
    ToolReply success() {
        return ToolReply.powerShellToken(TOKEN, expiry);
    }

    @Override
    public String credentialName() {
        return "AzurePowerShellCredential";
    }

    @Override
    public TokenCredential credential() {
        tool.always(success());
        return AzurePowerShellCredential.builder().context(context).build();
    }

    @Override
    public TokenCredential failingCredential() {
        tool.always(ToolReply.failure("ERROR: AADSTS50076 \"token\":\"" + TOKEN + "\""));
        return AzurePowerShellCredential.builder().context(context).build();
    }

    @Override
    public Optional<TokenCredential> blockedCredential() {
        tool.always(ToolReply.hang());
        return Optional.of(AzurePowerShellCredential.builder().context(context).build());
    }

    @Override
    public InstantSource clock() {
        return context.clock();
    }

    @Override
    public List<TokenRequestContext> unsupportedRequests() {
        return List.of(TokenRequestContext.of("a", "b"), TokenRequestContext.of("x'y"));
    }

    @Override
    public Set<String> secrets() {
        return Set.of(MARKER);
    }
}
