// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.JwtPayload;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.MutableClock;
import dev.signet.identity.testkit.TestContext;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real az, signed in to the embedded cloud as a service principal. Once per build: a run of az takes half a second.
 */
@Timeout(120)
@EnabledIfSystemProperty(named = "signet.test.path", matches = "module", disabledReason = "once is enough")
class RealAzureCliTest {
    private static final Path AZ = Path.of("/usr/bin/az");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SECRET = "s3cret-of-the-service-principal";
    private static final String SUBSCRIPTION = "22222222-2222-2222-2222-222222222222";
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("https://vault.azure.net/.default");
    private static final Map<String, String> VARIABLES = new TreeMap<>();

    private static EmbeddedCloud cloud;

    @BeforeAll
    static void signIn(@TempDir Path home) throws Exception {
        assumeTrue(Files.isExecutable(AZ), AZ + " is not installed: apt-get install azure-cli");
        cloud = EmbeddedCloud.builder().clock(MutableClock.ticking()).start();
        EmbeddedAuthority authority = cloud.authority();
        cloud.resourceManager().addSubscription(SUBSCRIPTION, "My Sub");
        Application application =
                authority.registerApplication(Application.builder("6c1d8f1e-2b0a-4f7d-9c55-3e1f0a7b9d20")
                        .secret(SECRET)
                        .build());
        VARIABLES.put("PATH", "/usr/bin:/bin");
        VARIABLES.put("HOME", home.toString());
        VARIABLES.put("AZURE_CONFIG_DIR", home.resolve("azure").toString());
        VARIABLES.put("AZURE_CORE_COLLECT_TELEMETRY", "no");
        VARIABLES.put(
                "REQUESTS_CA_BUNDLE",
                authority
                        .certificateAuthority()
                        .writePem(home.resolve("ca.pem"))
                        .toString());
        az(
                "cloud",
                "register",
                "--name",
                "embedded",
                "--endpoint-active-directory",
                authority.uri() + "adfs",
                "--endpoint-active-directory-resource-id",
                "https://management.core.windows.net/",
                "--endpoint-active-directory-graph-resource-id",
                "https://graph.windows.net/",
                "--endpoint-resource-manager",
                cloud.resourceManager().uri().toString());
        az("cloud", "set", "--name", "embedded");
        az(
                "login",
                "--service-principal",
                "--username",
                application.clientId(),
                "--password",
                SECRET,
                "--tenant",
                EmbeddedAuthority.DEFAULT_TENANT,
                "--allow-no-subscriptions");
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            try {
                cloud.assertNoViolations();
            } finally {
                cloud.close();
            }
        }
    }

    private static void az(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(AZ.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(VARIABLES);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), arguments[0] + ": " + said);
    }

    private static AzureCliCredential.Builder builder(String... variables) {
        TestContext context =
                new TestContext(cloud.clock()).environment(VARIABLES).processTimeout(PATIENCE);
        for (int i = 0; i < variables.length; i += 2) {
            context.env(variables[i], variables[i + 1]);
        }
        return AzureCliCredential.builder().context(context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC0", "Asia/Tokyo", "America/New_York"})
    void getToken_anyTimeZone_hasTokenAndExpiry(String zone) {
        AccessToken token = builder("TZ", zone).build().getToken(REQUEST);

        JwtPayload claims = JwtPayload.read(token.token()).orElseThrow();
        assertEquals(Optional.of(EmbeddedAuthority.DEFAULT_TENANT), claims.tenantId());
        assertEquals(claims.expiresOn(), Optional.of(token.expiresOn()));
        Instant now = cloud.clock().instant();
        assertTrue(token.expiresOn().isAfter(now.plus(Duration.ofMinutes(50))), token::toString);
        assertTrue(token.expiresOn().isBefore(now.plus(Duration.ofMinutes(70))), token::toString);
        assertEquals("AzureCliCredential", token.credentialName());
    }

    @Test
    void getToken_subscriptionByName_isTaken() {
        AccessToken token = builder().subscription("My Sub").build().getToken(REQUEST);
        assertEquals("Bearer", token.tokenType());
    }

    @Test
    void getToken_subscriptionAndTenant_areNoContradiction() {
        AccessToken token =
                builder().subscription("nope").build().getToken(REQUEST.withTenantId(EmbeddedAuthority.DEFAULT_TENANT));
        assertEquals("Bearer", token.tokenType());
    }

    @Test
    void getToken_unknownSubscription_isRefused() {
        assertEquals(
                "AzureCliCredential: az failed with exit code 1: Subscription 'nope' not found. Check the spelling and"
                        + " casing and try again. Look for the subscription's id: `az account list --output table`.",
                failure(ClientAuthenticationException.class, builder().subscription("nope"), REQUEST)
                        .getMessage());
    }

    @Test
    void getToken_nobodySignedIn_saysWhatToType(@TempDir Path empty) {
        assertEquals(
                "AzureCliCredential: nobody is signed in to Azure CLI (Please run 'az login' to setup account.). Run"
                        + " `az login`.",
                failure(CredentialUnavailableException.class, builder("AZURE_CONFIG_DIR", empty.toString()), REQUEST)
                        .getMessage());
    }

    @Test
    void getToken_unknownResource_isRefusedByEntra() {
        cloud.authority().removeResource("https://gone.example");
        ClientAuthenticationException failure = failure(
                ClientAuthenticationException.class,
                builder(),
                TokenRequestContext.of("https://gone.example/.default"));
        assertEquals(List.of(500011), failure.details().aadstsCodes());
        assertTrue(failure.details().correlationId().isPresent(), failure::getMessage);
        assertEquals(
                Optional.of("Check the scope: no resource of that name is known in this tenant."),
                failure.details().remedy());
    }

    @Test
    void getToken_kept_isNotDisturbedByTheToolItself() {
        AzureCliCredential credential = builder().cacheFor(PATIENCE).build();
        AccessToken first = credential.getToken(TokenRequestContext.of("https://kept.example/.default"));
        AccessToken again = credential.getToken(TokenRequestContext.of("https://kept.example/.default"));
        assertTrue(first == again, "az changed a file that is watched for sign-ins");
    }

    private static ClientAuthenticationException failure(
            Class<? extends ClientAuthenticationException> type,
            AzureCliCredential.Builder builder,
            TokenRequestContext request) {
        AzureCliCredential credential = builder.build();
        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(request));
        assertEquals(type, failure.getClass(), failure::getMessage);
        return failure;
    }
}
