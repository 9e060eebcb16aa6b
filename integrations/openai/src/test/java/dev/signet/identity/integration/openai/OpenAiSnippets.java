// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.signet.identity.TokenCredential;

/** The samples of README, compiled. */
final class OpenAiSnippets {
    private OpenAiSnippets() {}

    static OpenAIClient client(TokenCredential credential) {
        // tag::openai
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl("https://contoso.openai.azure.com")
                .credential(OpenAiCredentials.bearer(credential))
                .build();
        // end::openai
        return client;
    }
}
