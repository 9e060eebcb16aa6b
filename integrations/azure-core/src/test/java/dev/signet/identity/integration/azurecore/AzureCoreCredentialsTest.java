// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.azurecore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.ProofOfPossessionOptions;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Timeout(30)
class AzureCoreCredentialsTest {
    private static final Instant EXPIRY = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant RENEWAL = Instant.parse("2029-12-31T12:00:00Z");
    private static final String SCOPE = "https://vault.azure.net/.default";
    private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true}}}";

    private static TokenRequestContext full() {
        return new TokenRequestContext()
                .addScopes(SCOPE)
                .setTenantId("contoso.example")
                .setClaims(CLAIMS)
                .setCaeEnabled(true);
    }

    @Test
    void toAzure_request_carriesTenantClaimsAndCae() {
        List<dev.signet.identity.TokenRequestContext> seen = new ArrayList<>();
        com.azure.core.credential.TokenCredential azure = AzureCoreCredentials.toAzure(request -> {
            seen.add(request);
            return dev.signet.identity.AccessToken.of("secret", EXPIRY, "Fake");
        });

        azure.getTokenSync(full());
        azure.getToken(new TokenRequestContext().addScopes(SCOPE)).block();

        dev.signet.identity.TokenRequestContext plain = dev.signet.identity.TokenRequestContext.of(SCOPE);
        assertEquals(
                List.of(plain.withTenantId("contoso.example").withClaims(CLAIMS).withCaeEnabled(true), plain), seen);
    }

    @Test
    void toAzure_token_keepsTimesAndType() {
        AccessToken token = AzureCoreCredentials.toAzure(
                        request -> dev.signet.identity.AccessToken.of("secret", EXPIRY, "Fake")
                                .withRefreshOn(RENEWAL)
                                .withTokenType("pop"))
                .getTokenSync(full());

        assertEquals("secret", token.getToken());
        assertEquals(EXPIRY, token.getExpiresAt().toInstant());
        assertEquals(RENEWAL, token.getRefreshAt().toInstant());
        assertEquals("pop", token.getTokenType());
    }

    @Test
    void toAzure_failure_isTheirsInBothForms() {
        CredentialUnavailableException ours = new CredentialUnavailableException("Fake", "no file", "Set it.");
        com.azure.core.credential.TokenCredential azure = AzureCoreCredentials.toAzure(request -> {
            throw ours;
        });

        for (ClientAuthenticationException theirs : List.of(
                assertThrows(ClientAuthenticationException.class, () -> azure.getTokenSync(full())),
                assertThrows(ClientAuthenticationException.class, () -> azure.getToken(full())
                        .block()))) {
            assertEquals("Fake: no file. Set it.", theirs.getMessage());
            assertNull(theirs.getCause());
            assertEquals(ours, theirs.getSuppressed()[0]);
        }
    }

    @Test
    void toAzure_proofOfPossession_isRefused() {
        com.azure.core.credential.TokenCredential azure = AzureCoreCredentials.toAzure(request -> {
            throw new AssertionError("asked");
        });
        TokenRequestContext pop =
                new TokenRequestContext().addScopes(SCOPE).setProofOfPossessionOptions(new ProofOfPossessionOptions());

        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> azure.getTokenSync(pop));
        assertEquals(
                "Signet gives bearer tokens only; build the client without proof-of-possession options",
                refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> azure.getToken(pop).block());
    }

    /** The credential waits for a signal that only the thread of Reactor gives, after it subscribed. */
    @Test
    void toAzure_mono_doesNotBlockTheSubscribingThread() throws Exception {
        CountDownLatch subscribed = new CountDownLatch(1);
        AtomicReference<Thread> fetching = new AtomicReference<>();
        AtomicReference<Thread> reactor = new AtomicReference<>();
        TokenCredential slow = request -> {
            fetching.set(Thread.currentThread());
            try {
                subscribed.await();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            return dev.signet.identity.AccessToken.of("secret", EXPIRY, "Fake");
        };
        CountDownLatch given = new CountDownLatch(1);

        Schedulers.parallel().schedule(() -> {
            reactor.set(Thread.currentThread());
            AzureCoreCredentials.toAzure(slow).getToken(full()).subscribe(token -> given.countDown());
            subscribed.countDown();
        });

        given.await();
        assertTrue(Schedulers.isNonBlockingThread(reactor.get()));
        assertFalse(Schedulers.isNonBlockingThread(fetching.get()));
    }

    @Test
    void fromAzure_token_isNamedAndKeepsTimes() throws Exception {
        List<TokenRequestContext> seen = new ArrayList<>();
        TokenCredential ours = AzureCoreCredentials.fromAzure("TheirCredential", request -> {
            seen.add(request);
            return Mono.just(new AccessToken("secret", at(EXPIRY), at(RENEWAL)));
        });
        dev.signet.identity.TokenRequestContext request = dev.signet.identity.TokenRequestContext.of(SCOPE)
                .withTenantId("contoso.example")
                .withClaims(CLAIMS)
                .withCaeEnabled(true);

        dev.signet.identity.AccessToken expected = dev.signet.identity.AccessToken.of(
                        "secret", EXPIRY, "TheirCredential")
                .withRefreshOn(RENEWAL);
        assertEquals(expected, ours.getToken(request));
        assertEquals(expected, ours.getTokenAsync(request).get());
        for (TokenRequestContext theirs : seen) {
            assertEquals(List.of(SCOPE), theirs.getScopes());
            assertEquals("contoso.example", theirs.getTenantId());
            assertEquals(CLAIMS, theirs.getClaims());
            assertTrue(theirs.isCaeEnabled());
        }
        assertEquals(2, seen.size());
    }

    @Test
    void fromAzure_failure_isARefusalInBothForms() {
        ClientAuthenticationException theirs =
                new ClientAuthenticationException("not signed in", null, new IOException("gone"));
        TokenCredential ours = AzureCoreCredentials.fromAzure("TheirCredential", request -> Mono.error(theirs));
        dev.signet.identity.TokenRequestContext request = dev.signet.identity.TokenRequestContext.of(SCOPE);

        dev.signet.identity.ClientAuthenticationException sync =
                assertThrows(dev.signet.identity.ClientAuthenticationException.class, () -> ours.getToken(request));
        CompletionException async = assertThrows(
                CompletionException.class, () -> ours.getTokenAsync(request).join());

        assertEquals("TheirCredential: not signed in.", sync.getMessage());
        assertEquals(Outcome.REJECTED, sync.outcome());
        assertEquals(theirs, sync.getCause());
        assertEquals(sync.getMessage(), async.getCause().getMessage());
        assertInstanceOf(dev.signet.identity.ClientAuthenticationException.class, async.getCause());
    }

    @Test
    void fromAzure_noToken_isABug() {
        TokenCredential ours = AzureCoreCredentials.fromAzure("TheirCredential", request -> Mono.empty());

        dev.signet.identity.ClientAuthenticationException failure = assertThrows(
                dev.signet.identity.ClientAuthenticationException.class,
                () -> ours.getToken(dev.signet.identity.TokenRequestContext.of(SCOPE)));

        assertEquals("TheirCredential: the credential gave no token.", failure.getMessage());
        assertEquals(Outcome.BUG, failure.outcome());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
