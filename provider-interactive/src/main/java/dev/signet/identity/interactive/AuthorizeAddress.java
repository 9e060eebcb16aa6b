// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ClaimsParameter;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.msal.UserClient;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Builds the address that a browser opens (RFC 6749 section 4.1.1, RFC 7636, OpenID Connect). */
final class AuthorizeAddress {
    private static final String OPEN_ID = "openid profile offline_access ";

    private final UserClient client;
    private final @Nullable SignInPrompt prompt;
    private final @Nullable String loginHint;

    AuthorizeAddress(UserClient client, @Nullable SignInPrompt prompt, @Nullable String loginHint) {
        this.client = client;
        this.prompt = prompt;
        this.loginHint = loginHint;
    }

    URI of(TokenRequestContext request, URI redirectUri, Pkce pkce) {
        FormBody query = new FormBody()
                .add("client_id", client.clientId())
                .add("response_type", "code")
                .add("redirect_uri", redirectUri.toString())
                .add("scope", OPEN_ID + String.join(" ", request.scopes()))
                .add("response_mode", "form_post")
                .add("code_challenge", pkce.challenge())
                .add("code_challenge_method", "S256")
                .add("state", pkce.state());
        if (prompt != null) {
            query.add("prompt", prompt.parameter());
        }
        if (loginHint != null) {
            query.add("login_hint", loginHint);
        }
        String claims = ClaimsParameter.of(request);
        if (!claims.isEmpty()) {
            query.add("claims", claims);
        }
        return URI.create(client.authorizeEndpoint(request) + "?" + query.text());
    }
}
