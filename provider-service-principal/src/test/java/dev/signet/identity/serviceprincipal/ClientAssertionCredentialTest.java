// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.testkit.EntraError;
import dev.signet.identity.testkit.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows AS01 to AS05: an application whose assertions somebody else signs. */
class ClientAssertionCredentialTest extends ApplicationFixture {
    private static final String ASSERTION = "eyJ.assertion.of-somebody";

    @BeforeEach
    void registerApplication() {
        register(application().assertion(ASSERTION).assertion("eyJ.another.one"));
    }

    private ClientAssertionCredential.Builder builder() {
        return ClientAssertionCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT_ID)
                .context(context);
    }

    @Test
    @DisplayName("AS01, AS02 the assertion is sent as it is, and asked for once")
    void getToken_assertion_isSentVerbatimAndNotAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();
        ClientAssertionCredential credential = builder()
                .clientAssertion(() -> {
                    asked.incrementAndGet();
                    return ASSERTION;
                })
                .build();
        assertSame(credential.getToken(REQUEST), credential.getToken(REQUEST));

        assertEquals(1, asked.get());
        assertEquals(1, requests().size());
        assertEquals(Optional.of(ASSERTION), request(0).form("client_assertion"));
        assertEquals(
                Optional.of("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                request(0).form("client_assertion_type"));
    }

    @Test
    @DisplayName("AS03 the callback throws")
    void getToken_callbackThrows_keepsTheCause() {
        IOException cause = new IOException("no route to the vault");
        ClientAuthenticationException failure = localFailure(builder()
                .clientAssertion(() -> {
                    throw new UncheckedIOException(cause);
                })
                .build());

        assertEquals(
                "ClientAssertionCredential: clientAssertion threw UncheckedIOException. Let it return the value, or throw"
                        + " CredentialUnavailableException where there is none.",
                failure.getMessage());
        assertEquals(Outcome.MISCONFIGURED, failure.outcome());
        assertSame(cause, failure.getCause().getCause());
    }

    @Test
    @DisplayName("AS03 the callback gives nothing")
    void getToken_blankAssertion_isToldBeforeAnyRequest() {
        ClientAuthenticationException failure =
                localFailure(builder().clientAssertion(() -> "").build());

        assertTrue(failure.getMessage().startsWith("ClientAssertionCredential: clientAssertion gave nothing."));
    }

    @Test
    @DisplayName("AS05 the callback is not available here")
    void getToken_callbackUnavailable_isUnavailable() {
        CredentialUnavailableException unavailable =
                new CredentialUnavailableException("Vault", "no vault here", "Install one.");
        ClientAuthenticationException failure = localFailure(builder()
                .clientAssertion(() -> {
                    throw unavailable;
                })
                .build());

        assertSame(unavailable, failure);
    }

    @Test
    void getToken_forRequest_isToldWhomItIsFor() {
        List<AssertionRequest> asked = new ArrayList<>();
        builder()
                .additionallyAllowedTenants(List.of("*"))
                .regionalAuthority("westus2")
                .clientAssertionFor(request -> {
                    asked.add(request);
                    return ASSERTION;
                })
                .build()
                .getToken(REQUEST.withTenantId(OTHER_TENANT));

        assertEquals(
                List.of(new AssertionRequest(
                        CLIENT_ID,
                        URI.create("https://login.microsoftonline.com/" + OTHER_TENANT + "/oauth2/v2.0/token"))),
                asked);
    }

    @Test
    void getToken_async_waitsForTheAssertion() {
        CompletableFuture<String> coming = new CompletableFuture<>();
        ClientAssertionCredential credential =
                builder().clientAssertionAsync(request -> coming).build();
        coming.complete(ASSERTION);
        credential.getToken(REQUEST);

        assertEquals(Optional.of(ASSERTION), request(0).form("client_assertion"));
    }

    @Test
    void getToken_asyncFails_isTheFailure() {
        CredentialUnavailableException unavailable =
                new CredentialUnavailableException("Vault", "no vault here", "Install one.");
        assertSame(
                unavailable,
                localFailure(builder()
                        .clientAssertionAsync(request -> CompletableFuture.failedFuture(unavailable))
                        .build()));
        assertTrue(localFailure(builder()
                        .clientAssertionAsync(request -> CompletableFuture.failedFuture(new IOException("x")))
                        .build())
                .getMessage()
                .startsWith("ClientAssertionCredential: clientAssertion threw CompletionException."));
    }

    @Test
    void getToken_asyncInterrupted_endsWithTheFlagSet() {
        ClientAssertionCredential credential = builder()
                .clientAssertionAsync(request -> new CompletableFuture<>())
                .build();
        Thread.currentThread().interrupt();
        try {
            assertEquals(Outcome.CANCELLED, localFailure(credential).outcome());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void getToken_assertionOutsideItsValidity_isAskedForOnceMore() {
        Deque<String> assertions = new ArrayDeque<>(List.of(ASSERTION, "eyJ.another.one"));
        cloud.authority().enqueue(Reply.error(EntraError.of(700024)));
        builder().clientAssertion(assertions::remove).build().getToken(REQUEST);

        assertEquals(2, requests().size());
        assertEquals(Optional.of("eyJ.another.one"), request(1).form("client_assertion"));
    }

    @Test
    void getToken_serverError_repeatsTheSameAssertion() {
        AtomicInteger asked = new AtomicInteger();
        cloud.authority().enqueue(Reply.status(500));
        builder()
                .clientAssertion(() -> {
                    asked.incrementAndGet();
                    return ASSERTION;
                })
                .build()
                .getToken(REQUEST);

        assertEquals(1, asked.get());
        assertEquals(request(0).bodyText(), request(1).bodyText());
    }

    @Test
    void getToken_federatedMismatch_tellsWhatToCompare() {
        cloud.authority().enqueue(Reply.error(EntraError.of(700213)));
        assertTrue(failure(builder().clientAssertion(() -> ASSERTION).build())
                .getMessage()
                .endsWith("Compare issuer, subject and audience of the assertion with the application's federated"
                        + " credentials, upper and lower case included; a new one takes some minutes to be known."));
    }

    @Test
    void build_nothingSet_namesEverything() {
        assertEquals(
                "ClientAssertionCredential: tenantId, clientId, clientAssertion must be set in the builder",
                assertThrows(IllegalArgumentException.class, () -> ClientAssertionCredential.builder()
                                .context(context)
                                .build())
                        .getMessage());
    }
}
