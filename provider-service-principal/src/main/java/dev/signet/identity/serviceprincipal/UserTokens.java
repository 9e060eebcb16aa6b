// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.Secret;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ClientProofSource;
import dev.signet.identity.core.ConfidentialClient;
import dev.signet.identity.core.EntraApplication;
import dev.signet.identity.core.EntraRoute;
import dev.signet.identity.core.EntraTokenEndpoint;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.core.TokenSource;
import dev.signet.identity.spi.ProviderContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that an application gets on behalf of users, each user's apart from all others', under the SHA-256 of the
 * user's assertion. Bounded: the least recently seen user makes room. Thread-safe.
 */
final class UserTokens {
    /** The most assertions whose tokens are kept: {@value}. */
    static final int MAX_USERS = 10_000;

    private static final int MAX_TOKENS_OF_ONE = 100;

    private final ProviderContext context;
    private final EntraApplication application;
    private final ConfidentialClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, EntraTokens> users = new LinkedHashMap<>(16, 0.75f, true);

    UserTokens(ApplicationBuilder settings, ProviderContext context, ClientProofSource proofs) {
        this.context = context;
        this.application = settings.application(OnBehalfOfCredential.NAME, context);
        this.client = new ConfidentialClient(
                new EntraTokenEndpoint(OnBehalfOfCredential.NAME, context),
                application,
                proofs,
                EntraRoute.global(OnBehalfOfCredential.NAME, context));
    }

    /** The tokens of the user whose assertion this is. */
    EntraTokens of(Secret userAssertion) {
        String key = hash(userAssertion);
        lock.lock();
        try {
            EntraTokens known = users.get(key);
            if (known == null) {
                known = new EntraTokens(application.tenants(), cache(userAssertion));
                users.put(key, known);
                if (users.size() > MAX_USERS) {
                    Iterator<EntraTokens> oldestFirst = users.values().iterator();
                    oldestFirst.next();
                    oldestFirst.remove();
                }
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            users.values().forEach(EntraTokens::clear);
            users.clear();
        } finally {
            lock.unlock();
        }
    }

    private TokenCache cache(Secret userAssertion) {
        return TokenCache.of(
                        OnBehalfOfCredential.NAME,
                        context,
                        new Exchange(client, new OnBehalfOf(userAssertion)),
                        ApplicationBuilder.LOG)
                .withMaxEntries(MAX_TOKENS_OF_ONE);
    }

    private static String hash(Secret assertion) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(assertion.reveal().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime has no SHA-256", missing);
        }
    }

    /** The grant of RFC 7523 section 2.1 with what Entra adds to it. */
    private record OnBehalfOf(Secret userAssertion) implements ConfidentialClient.Grant {
        @Override
        public void addTo(FormBody form) {
            form.add("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                    .add("assertion", userAssertion.reveal())
                    .add("requested_token_use", "on_behalf_of");
        }
    }

    /** Exchanges one user's assertion. What only the user can change is told as such. */
    private record Exchange(ConfidentialClient client, OnBehalfOf grant) implements TokenSource {
        @Override
        public AccessToken fetch(TokenRequestContext request, @Nullable AccessToken rejected) {
            try {
                return client.redeem(request, grant);
            } catch (ClientAuthenticationException refused) {
                FailureDetails facts = refused.details();
                boolean userMustAct = facts.errorCode().orElse("").equals("interaction_required")
                        || facts.errorCode().orElse("").equals("invalid_grant")
                                && facts.claims().isPresent();
                if (!userMustAct) {
                    throw refused;
                }
                throw new AuthenticationRequiredException(
                        facts.toBuilder().outcome(Outcome.INTERACTION_REQUIRED).build(), request, refused);
            }
        }
    }
}
