// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of an identity that was not expected are refused. */
final class IdentityGuardTest {
    private static final String CLAIMS = "{\"tid\":\"tenant\",\"appid\":\"client\",\"oid\":\"object\"}";

    static Stream<Arguments> cases() {
        return Stream.of(
                row("tenant as expected", CLAIMS, b -> b.expectedTenantId("TENANT"), ""),
                row("client as expected", CLAIMS, b -> b.expectedClientId("client"), ""),
                row("client in azp", "{\"azp\":\"client\"}", b -> b.expectedClientId("client"), ""),
                row("object as expected", CLAIMS, b -> b.expectedObjectId("object"), ""),
                row(
                        "all as expected",
                        CLAIMS,
                        b -> b.expectedTenantId("tenant")
                                .expectedClientId("client")
                                .expectedObjectId("object"),
                        ""),
                row(
                        "other tenant",
                        CLAIMS,
                        b -> b.expectedTenantId("other"),
                        "it gave a token of another identity than expectedTenantId names"),
                row(
                        "other client",
                        CLAIMS,
                        b -> b.expectedClientId("other"),
                        "it gave a token of another identity than expectedClientId names"),
                row(
                        "other object",
                        CLAIMS,
                        b -> b.expectedObjectId("other"),
                        "it gave a token of another identity than expectedObjectId names"),
                row(
                        "claim absent",
                        "{}",
                        b -> b.expectedObjectId("object"),
                        "it gave a token of another identity than expectedObjectId names"),
                row(
                        "claim of another kind",
                        "{\"oid\":5}",
                        b -> b.expectedObjectId("5"),
                        "it gave a token of another identity than expectedObjectId names"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void token_claims_passOrAreRefused(
            String claims, UnaryOperator<DefaultAzureCredentialBuilder> change, String refusal) {
        AccessToken token = jwt(claims);
        FakeCredential second = FakeCredential.giving("AzureCliCredential");
        DefaultAzureCredential chain = chain(change, FakeCredential.doing(request -> token), second);
        if (refusal.isEmpty()) {
            assertSame(token, chain.getToken(FakeCredential.VAULT));
            assertSame(token, chain.getToken(FakeCredential.VAULT));
        } else {
            ClientAuthenticationException failure =
                    assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
            assertEquals(Outcome.REJECTED, failure.outcome());
            assertEquals(refusal, failure.attempts().get(0).reason());
            assertFalse(failure.getMessage().contains(token.token()));
            assertEquals(0, second.calls.get());
        }
    }

    @Test
    void token_opaque_isRefused() {
        DefaultAzureCredential chain = chain(
                b -> b.expectedTenantId("tenant"),
                FakeCredential.giving("opaque"),
                FakeCredential.giving("AzureCliCredential"));
        assertEquals(
                "it gave a token whose identity cannot be read",
                assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT))
                        .attempts()
                        .get(0)
                        .reason());
    }

    @Test
    void winner_laterOtherIdentity_isRefusedBlockingAndAsync() {
        FakeCredential link = FakeCredential.doing(request -> jwt(CLAIMS));
        DefaultAzureCredential chain =
                chain(b -> b.expectedTenantId("tenant"), link, FakeCredential.giving("AzureCliCredential"));
        chain.getToken(FakeCredential.VAULT);
        assertEquals(jwt(CLAIMS), chain.getTokenAsync(FakeCredential.VAULT).join());
        link.behaviour = request -> jwt("{\"tid\":\"other\"}");
        assertThrows(ClientAuthenticationException.class, () -> chain.getToken(FakeCredential.VAULT));
        assertInstanceOf(
                ClientAuthenticationException.class,
                assertThrows(CompletionException.class, () -> chain.getTokenAsync(FakeCredential.VAULT)
                                .join())
                        .getCause());
    }

    @Test
    void token_checkedBefore_isNotReadAgain() throws Exception {
        AccessToken vault = jwt(CLAIMS);
        AccessToken graph = jwt("{\"tid\":\"tenant\",\"n\":1}");
        IdentityGuard guard = new IdentityGuard("tenant", null, null);
        guard.check("x", vault);
        guard.check("x", graph);
        assertEquals(
                0,
                AllocationMeter.bytes(10_000, () -> {
                            guard.check("x", vault);
                            guard.check("x", graph);
                        })
                        / 10_000);
    }

    private static DefaultAzureCredential chain(
            UnaryOperator<DefaultAzureCredentialBuilder> change, FakeCredential first, FakeCredential second) {
        return change.apply(Chains.with(
                        Map.of(),
                        List.of(FakeProvider.of("ManagedIdentity", first), FakeProvider.of("AzureCli", second))))
                .build();
    }

    private static AccessToken jwt(String claims) {
        String payload =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return AccessToken.of("e30." + payload + ".c2ln", Instant.parse("2030-01-01T00:00:00Z"), "Some");
    }

    private static Arguments row(
            String name, String claims, UnaryOperator<DefaultAzureCredentialBuilder> change, String refusal) {
        return argumentSet(name, claims, change, refusal);
    }
}
