// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.testkit.ToolReply;

/** A scripted {@code az}. */
abstract class AzureCliFixture extends ToolFixture {
    static final String INSTALL =
            " Install it (https://learn.microsoft.com/cli/azure/install-azure-cli) and run `az login`.";
    static final String NOT_FOUND = "AzureCliCredential: Azure CLI not found: no az on PATH." + INSTALL;
    static final String BY_HAND = " Try it by hand: `az account get-access-token`.";

    @Override
    String toolName() {
        return "az";
    }

    @Override
    TokenCredential credential() {
        return builder().build();
    }

    AzureCliCredential.Builder builder() {
        return AzureCliCredential.builder().context(context);
    }

    @Override
    ToolReply success() {
        return ToolReply.azToken(TOKEN, expiry);
    }

    /** The members of a good answer besides the token. */
    String json(String token) {
        return "{\"accessToken\":" + token + ",\"expires_on\":" + expiry.getEpochSecond()
                + ",\"tokenType\":\"Bearer\"}";
    }
}
