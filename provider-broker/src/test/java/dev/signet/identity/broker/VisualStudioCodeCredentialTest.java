// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import static dev.signet.identity.broker.BrokerAnswers.HOME;
import static dev.signet.identity.broker.BrokerAnswers.TENANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.AuthenticationRequiredException;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.broker.internal.brokers.Broker;
import dev.signet.identity.broker.internal.brokers.BrokerRequest;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.UserToken;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.Readiness;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.TokenCredentialContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VisualStudioCodeCredentialTest implements TokenCredentialContract {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("https://vault.azure.net/.default");
    private static final String GOOD = """
            {"authority":"https://login.microsoftonline.com/organizations","homeAccountId":"%s","tenantId":"%s",\
            "username":"ann@contoso.com","clientId":"aebc6443-996d-45c2-90f0-388ff96faa56","more":1}""".formatted(HOME, TENANT);
    private static final String SIGN_IN = " Sign in to Azure with the Azure Resources extension of Visual Studio Code.";

    @TempDir
    private Path home;

    private final List<BrokerRequest> asked = new ArrayList<>();

    private final class MemoryBroker implements Broker {
        @Override
        public UserToken silent(BrokerRequest request) {
            asked.add(request);
            return new UserToken(
                    AccessToken.of("token-of-ann", Instant.ofEpochSecond(4_000_000_000L), "VisualStudioCodeCredential"),
                    AuthenticationRecord.fromJson(GOOD));
        }

        @Override
        public UserToken interactive(BrokerRequest request) {
            throw new AssertionError("nobody must be asked");
        }

        @Override
        public Optional<String> version() {
            return Optional.empty();
        }

        @Override
        public Readiness explain() {
            return new Readiness(Readiness.Status.UNKNOWN, "a broker", "");
        }
    }

    private VisualStudioCodeCredential.Builder builder() {
        TestContext context = new TestContext()
                .environment(Environment.of(Map.of(), Map.of("user.home", home.toString(), "os.name", "Mac OS X")));
        return VisualStudioCodeCredential.builder().context(context).broker(new MemoryBroker());
    }

    private void write(String folder, String json) {
        Path file = home.resolve(folder).resolve("ms-azuretools.vscode-azureresourcegroups/authRecord.json");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, json);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String message(TokenCredential credential) {
        return assertThrows(CredentialUnavailableException.class, () -> credential.getToken(REQUEST))
                .getMessage();
    }

    @Test
    void vsc01_noBroker_saysSo() {
        write(".azure", GOOD);

        assertEquals(
                "VisualStudioCodeCredential: the broker of macOS cannot be reached from Java. Sign in with 'az login' or use"
                        + " InteractiveBrowserCredential instead.",
                message(builder().broker(null).build()));
    }

    @Test
    void vsc02_noRecord_saysSo() {
        VisualStudioCodeCredential credential = builder().build();

        assertEquals(
                "VisualStudioCodeCredential: nobody signed in to Visual Studio Code." + SIGN_IN, message(credential));
        assertEquals(
                "nobody signed in to Visual Studio Code", credential.explain().detail());
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest(name = "VSC-03 {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "long|is longer than 10 KiB",
                "[]|is no JSON object",
                "lacking|is not complete: the authentication record lacks username: sign in again to make a complete one",
                "other|is of another application",
                "http|names a sign-in host that is not Microsoft's, or without https",
                "foreign|names a sign-in host that is not Microsoft's, or without https"
            })
    void vsc03_badRecord_saysWhatIsWrong(String kind, String defect) {
        write(
                ".azure",
                switch (kind) {
                    case "long" -> GOOD + " ".repeat(11 * 1024);
                    case "lacking" -> GOOD.replace("username", "name");
                    case "other" -> GOOD.replace("aebc6443", "00000000");
                    case "http" -> GOOD.replace("https:", "http:");
                    case "foreign" -> GOOD.replace("login.microsoftonline.com", "login.example.com");
                    default -> kind;
                });

        assertEquals(
                "VisualStudioCodeCredential: the sign-in record of Visual Studio Code " + defect + "." + SIGN_IN,
                message(builder().build()));
        assertEquals(List.of(), asked);
    }

    @Test
    void vsc04_recordThatAppears_isFound() {
        VisualStudioCodeCredential credential = builder().build();
        assertTrue(message(credential).contains("nobody signed in"));

        write(".azure", GOOD);

        assertEquals("token-of-ann", credential.getToken(REQUEST).token());
        assertEquals("a broker", credential.explain().detail());
        assertEquals(
                "https://login.microsoftonline.com/" + TENANT,
                asked.get(0).application().authority().toString());
        assertEquals(
                "aebc6443-996d-45c2-90f0-388ff96faa56",
                asked.get(0).application().clientId());
        assertEquals(HOME, asked.get(0).user().homeAccountId());
    }

    @Test
    void vsc05_adfs_isUnavailable() {
        write(".azure", GOOD);

        assertEquals(
                "VisualStudioCodeCredential: brokers know no users of AD FS. Set tenantId to a tenant of Entra.",
                message(builder().tenantId("adfs").build()));
    }

    @Test
    void vsc06_otherFolder_willDo() {
        write(".Azure", GOOD);

        assertEquals("token-of-ann", builder().build().getToken(REQUEST).token());
    }

    @Test
    void tenant_given_winsOverTheRecord() {
        write(".azure", GOOD);

        assertEquals(
                "token-of-ann",
                builder().tenantId("contoso.com").build().getToken(REQUEST).token());
        assertEquals(
                "https://login.microsoftonline.com/contoso.com",
                asked.get(0).application().authority().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"REJECTED", "TRANSIENT", "INTERACTION_REQUIRED"})
    void vs02_whateverTheBrokerSays_isUnavailable(Outcome outcome) {
        write(".azure", GOOD);
        FailureDetails details = FailureDetails.rejected("VisualStudioCodeCredential", "words")
                .outcome(outcome)
                .build();
        ClientAuthenticationException failure = outcome == Outcome.INTERACTION_REQUIRED
                ? new AuthenticationRequiredException(details, REQUEST, null)
                : new ClientAuthenticationException(details);
        VisualStudioCodeCredential credential =
                builder().broker(new FailingBroker(failure)).build();

        CredentialUnavailableException unavailable =
                assertThrows(CredentialUnavailableException.class, () -> credential.getToken(REQUEST));

        assertEquals(Outcome.UNAVAILABLE, unavailable.outcome());
        assertEquals(
                "VisualStudioCodeCredential: words. Sign in to Azure in Visual Studio Code again.",
                unavailable.getMessage());
    }

    @Test
    void callerWhoGaveUp_isLeftAlone() {
        write(".azure", GOOD);
        ClientAuthenticationException cancelled =
                new ClientAuthenticationException(FailureDetails.rejected("VisualStudioCodeCredential", "interrupted")
                        .outcome(Outcome.CANCELLED)
                        .build());
        VisualStudioCodeCredential credential =
                builder().broker(new FailingBroker(cancelled)).build();

        assertEquals(
                Outcome.CANCELLED,
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST))
                        .outcome());
    }

    private record FailingBroker(ClientAuthenticationException failure) implements Broker {
        @Override
        public UserToken silent(BrokerRequest request) {
            throw failure;
        }

        @Override
        public UserToken interactive(BrokerRequest request) {
            throw new AssertionError("nobody must be asked");
        }

        @Override
        public Optional<String> version() {
            return Optional.empty();
        }

        @Override
        public Readiness explain() {
            throw new AssertionError("not asked");
        }
    }

    @Override
    public String credentialName() {
        return "VisualStudioCodeCredential";
    }

    @Override
    public TokenCredential credential() {
        write(".azure", GOOD);
        return builder().build();
    }

    @Override
    public TokenCredential failingCredential() {
        return builder().build();
    }

    @Override
    public InstantSource clock() {
        return new TestContext().clock();
    }
}
