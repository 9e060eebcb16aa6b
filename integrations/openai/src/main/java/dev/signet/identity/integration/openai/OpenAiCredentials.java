// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.openai;

import com.openai.credential.BearerTokenCredential;
import com.openai.credential.Credential;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.util.Objects;

/**
 * Turns a credential into the form that the OpenAI client takes, for Azure OpenAI without a key. The client asks for a
 * token for each request, and the credential's cache answers; its failures are the request's.
 *
 * @since 0.1.0
 */
public final class OpenAiCredentials {
    /** What Azure OpenAI takes tokens for, in the public cloud: {@value}. */
    public static final String SCOPE = "https://cognitiveservices.azure.com/.default";

    private OpenAiCredentials() {}

    /**
     * Tokens for Azure OpenAI in the public cloud.
     *
     * @param credential where tokens come from; it stays the caller's to close
     * @return for the client's builder
     */
    public static Credential bearer(TokenCredential credential) {
        return bearer(credential, SCOPE);
    }

    /**
     * Tokens for another cloud, or for a gateway in front of the models.
     *
     * @param credential where tokens come from; it stays the caller's to close
     * @param scope what the service takes tokens for
     * @return for the client's builder
     * @throws IllegalArgumentException if the scope is malformed
     */
    public static Credential bearer(TokenCredential credential, String scope) {
        Objects.requireNonNull(credential);
        TokenRequestContext request = TokenRequestContext.of(scope);
        return BearerTokenCredential.create(() -> credential.getToken(request).token());
    }
}
