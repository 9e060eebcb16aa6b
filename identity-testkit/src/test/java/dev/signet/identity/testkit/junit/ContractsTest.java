// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.testkit.MutableClock;
import dev.signet.identity.testkit.TestContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the contracts bites on a class that breaks it. */
class ContractsTest {
    private static final String SECRET = "marker-secret";

    @ProviderInfo(
            name = "Broken-Credential",
            aliases = {"b", "B"},
            category = Category.DEVELOPER,
            order = 1)
    static class BrokenProvider implements CredentialProvider {
        private final CountDownLatch end = new CountDownLatch(1);

        BrokenProvider() {}

        @Override
        public TokenCredential create(ProviderContext context) {
            Thread thread = new Thread(() -> {
                try {
                    end.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
            try {
                context.transport()
                        .send(TransportRequest.get(URI.create("http://127.0.0.1/"))
                                .build());
            } catch (AssertionError swallowed) {
                return new BrokenCredential(System.getenv("HOME"));
            }
            return new BrokenCredential("");
        }
    }

    static final class BrokenCredential implements TokenCredential {
        private final String home;
        private int closed;

        BrokenCredential(String home) {
            this.home = home;
        }

        @Override
        public AccessToken getToken(TokenRequestContext request) {
            Thread.interrupted();
            return AccessToken.of(SECRET, MutableClock.now().instant().minusSeconds(1), "OtherCredential");
        }

        @Override
        public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
            return CompletableFuture.completedFuture(
                    AccessToken.of("other", MutableClock.now().instant().minusSeconds(1), "ThirdCredential"));
        }

        @Override
        public void close() {
            if (closed++ > 0) {
                throw new IllegalStateException("closed already");
            }
        }

        @Override
        public String toString() {
            return SECRET + home.length();
        }
    }

    private static final CredentialProviderContract PROVIDER = new CredentialProviderContract() {
        @Override
        public CredentialProvider provider() {
            return new BrokenProvider();
        }

        @Override
        public TestContext context() {
            return new TestContext();
        }

        @Override
        public Set<String> secrets() {
            return Set.of(SECRET);
        }
    };

    private static TokenCredentialContract contract(TokenCredential failing) {
        return new TokenCredentialContract() {
            @Override
            public String credentialName() {
                return "BrokenCredential";
            }

            @Override
            public TokenCredential credential() {
                return new BrokenCredential("");
            }

            @Override
            public TokenCredential failingCredential() {
                return failing;
            }

            @Override
            public Optional<TokenCredential> blockedCredential() {
                return Optional.of(credential());
            }

            @Override
            public MutableClock clock() {
                return MutableClock.now();
            }

            @Override
            public List<TokenRequestContext> unsupportedRequests() {
                return List.of(request());
            }

            @Override
            public Set<String> secrets() {
                return Set.of(SECRET);
            }
        };
    }

    private static TokenCredential failing(String name, String reason) {
        return request -> {
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(name, reason).build());
        };
    }

    static Stream<Named<Executable>> rules() {
        TokenCredentialContract token = contract(new BrokenCredential(""));
        return Stream.of(
                Named.of("public", PROVIDER::provider_class_isPublicAndFinalWithPublicConstructor),
                Named.of("names", PROVIDER::providerInfo_names_areDistinctLettersAndDigits),
                Named.of("services", PROVIDER::provider_servicesFile_namesIt),
                Named.of("io", PROVIDER::create_doesNoIoAndStartsNoThread),
                Named.of("ambient", PROVIDER::create_readsNothingAmbient),
                Named.of("toString", PROVIDER::credential_toString_hidesSecrets),
                Named.of("expired", token::getToken_success_isValidAndNamesTheCredential),
                Named.of("async", token::getTokenAsync_success_isTheSame),
                Named.of("no failure", token::getToken_failure_namesTheCredentialAndHidesSecrets),
                Named.of(
                        "failure's name",
                        contract(failing("Other", "x"))::getToken_failure_namesTheCredentialAndHidesSecrets),
                Named.of(
                        "failure's text",
                        contract(failing("BrokenCredential", SECRET))
                                ::getToken_failure_namesTheCredentialAndHidesSecrets),
                Named.of("arguments", token::getToken_unsupportedRequest_isAnIllegalArgument),
                Named.of("token shown", token::toString_hidesSecretsAndTokens),
                Named.of("interrupt", token::getToken_interrupted_endsAtOnceAndKeepsTheFlag));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void rule_broken_bites(Executable rule) {
        assertThrows(AssertionError.class, rule);
    }

    @Test
    void rule_closeTwice_bites() {
        assertThrows(IllegalStateException.class, PROVIDER::close_twice_isAllowed);
        assertThrows(IllegalStateException.class, () -> contract(new BrokenCredential(""))
                .close_beforeAndAfterUse_isIdempotent());
    }

    @Test
    void rule_sameCredentialTwice_bites() {
        TokenCredential one = failing("x", "y");
        CredentialProviderContract contract = new CredentialProviderContract() {
            @Override
            public CredentialProvider provider() {
                return context -> one;
            }

            @Override
            public TestContext context() {
                return new TestContext();
            }
        };

        assertThrows(AssertionError.class, contract::create_twice_givesTwoCredentials);
        assertThrows(AssertionError.class, contract::providerInfo_names_areDistinctLettersAndDigits);
    }

    @Test
    void patience_isBounded() {
        assertTrue(TokenCredentialContract.PATIENCE.compareTo(Duration.ofMinutes(1)) < 0);
    }
}
