// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.core.EntraRemedies;
import dev.signet.identity.core.Redaction;
import dev.signet.identity.core.ServerError;
import dev.signet.identity.msal.AuthorizationCode;
import dev.signet.identity.msal.SignIn;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.msal.UserToken;
import dev.signet.identity.spi.ProviderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Has the user sign in with a browser: listens first, opens the page, takes the answer and redeems the code. */
final class BrowserSignIn implements SignIn {
    /** Refusals that may pass by themselves (RFC 6749 section 4.1.2.1). */
    private static final Set<String> TRANSIENT = Set.of("server_error", "temporarily_unavailable");

    private final UserClient client;
    private final ProviderContext context;
    private final BrowserSettings settings;
    private final boolean chained;

    BrowserSignIn(UserClient client, ProviderContext context, BrowserSettings settings, boolean chained) {
        this.client = client;
        this.context = context;
        this.settings = settings;
        this.chained = chained;
    }

    /** How the sign-in looks; the timeout is real time. */
    record BrowserSettings(
            RedirectTarget target,
            AuthorizeAddress address,
            AnswerPages pages,
            BrowserOpener opener,
            Duration timeout) {}

    @Override
    public UserToken signIn(TokenRequestContext request) {
        Pkce pkce = Pkce.create();
        AnswerHandler handler = new AnswerHandler(settings.target(), pkce.state(), settings.pages());
        Map<String, String> answer;
        URI redirectUri;
        try (LoopbackListener listener =
                LoopbackListener.open(client.credentialName(), settings.target(), handler, context.executor())) {
            redirectUri = listener.redirectUri();
            String obstacle = open(settings.address().of(request, redirectUri, pkce));
            answer = listener.await(settings.timeout(), obstacle);
        }
        String code = answer.getOrDefault("code", "");
        if (code.isBlank()) {
            throw refused(answer);
        }
        return client.redeem(AuthorizationCode.of(Secret.of(code), redirectUri).withVerifier(pkce.verifier()), request);
    }

    /** Opens the page, or says where it is; gives what stood in the way, nothing if all went well. */
    private String open(URI address) {
        try {
            settings.opener().open(address);
            return "";
        } catch (UncheckedIOException failure) {
            IOException cause = failure.getCause();
            String obstacle = "no browser can be opened: "
                    + Redaction.quote(String.valueOf((cause == null ? failure : cause).getMessage()));
            if (chained) {
                throw new CredentialUnavailableException(
                        FailureDetails.unavailable(client.credentialName(), UnavailableReason.NOT_SUPPORTED, obstacle)
                                .remedy(LoopbackListener.WITHOUT_BROWSER)
                                .build(),
                        failure);
            }
            StandardOutput.of(context)
                    .say(client.credentialName() + ": " + obstacle
                            + ". To sign in, open this address with a browser on this machine:\n" + address);
            return obstacle;
        }
    }

    private ClientAuthenticationException refused(Map<String, String> answer) {
        String error = Redaction.quote(answer.getOrDefault("error", ""));
        String description = Redaction.quote(answer.getOrDefault("error_description", ""));
        List<Integer> codes = ServerError.aadstsCodes(description);
        return new ClientAuthenticationException(FailureDetails.rejected(
                        client.credentialName(),
                        "the sign-in was refused (" + error + ")" + (description.isEmpty() ? "" : ": " + description))
                .outcome(TRANSIENT.contains(error) ? Outcome.TRANSIENT : Outcome.REJECTED)
                .errorCode(error)
                .suberror(answer.get("error_subcode"))
                .aadstsCodes(codes)
                .claims(answer.get("claims"))
                .remedy(EntraRemedies.remedy(codes).orElse("Sign in again, or ask an administrator."))
                .build());
    }
}
