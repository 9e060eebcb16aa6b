// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.spi.ProviderContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A chain described by a configuration file. */
final class PropertiesSettingsTest {
    private static final String KNOWN = "signet.sources, signet.exclude, signet.tenant-id, signet.authority-host,"
            + " signet.additionally-allowed-tenants, signet.managed-identity.client-id,"
            + " signet.managed-identity.object-id, signet.managed-identity.resource-id,"
            + " signet.workload-identity.client-id, signet.workload-identity.tenant-id, signet.process-timeout,"
            + " signet.overall-timeout, signet.credential.<Name>.<key>";

    static Stream<Arguments> contexts() {
        return Stream.of(
                seen("tenant-id", "contoso", ProviderContext::tenantId, Optional.of("contoso")),
                seen(
                        "authority-host",
                        "login.microsoftonline.us",
                        ProviderContext::authorityHost,
                        URI.create("https://login.microsoftonline.us/")),
                seen(
                        "additionally-allowed-tenants",
                        "one, two;three",
                        ProviderContext::additionallyAllowedTenants,
                        List.of("one", "two", "three")),
                seen(
                        "managed-identity.client-id",
                        "c",
                        ProviderContext::managedIdentityId,
                        Optional.of(ManagedIdentityId.clientId("c"))),
                seen(
                        "managed-identity.object-id",
                        "o",
                        ProviderContext::managedIdentityId,
                        Optional.of(ManagedIdentityId.objectId("o"))),
                seen(
                        "managed-identity.resource-id",
                        "/r",
                        ProviderContext::managedIdentityId,
                        Optional.of(ManagedIdentityId.resourceId("/r"))),
                seen("workload-identity.client-id", "wc", ProviderContext::clientId, Optional.of("wc")),
                seen("workload-identity.tenant-id", "wt", ProviderContext::tenantId, Optional.of("wt")),
                seen("process-timeout", "PT2.5S", ProviderContext::processTimeout, Duration.ofMillis(2500)),
                seen("process-timeout", "30", ProviderContext::processTimeout, Duration.ofSeconds(30)),
                seen("process-timeout", " ", ProviderContext::processTimeout, Duration.ofSeconds(10)),
                seen("credential.WorkloadIdentity.tenant-id", "own", ProviderContext::tenantId, Optional.of("own")),
                seen("credential.workloadidentity.client-id", "own", ProviderContext::clientId, Optional.of("own")),
                seen(
                        "credential.WorkloadIdentityCredential.token.file",
                        "/f",
                        c -> c.setting("token.file"),
                        Optional.of("/f")));
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void key_reachesTheLink(String key, String value, Function<ProviderContext, Object> reading, Object expected) {
        FakeProvider workload =
                FakeProvider.of("WorkloadIdentity", FakeCredential.giving("WorkloadIdentityCredential"));
        Chains.with(Map.of(), List.of(workload)).properties(of(key, value)).build();
        assertEquals(expected, reading.apply(workload.context.get()));
    }

    @Test
    void sourcesAndExclude_selectInOrder() {
        Properties properties = of("sources", "AzureCli, prod");
        properties.setProperty("signet.exclude", "environment;workloadidentity");
        assertEquals(
                List.of("AzureCli", "ManagedIdentity"),
                Chains.names(Chains.with(Map.of("AZURE_TOKEN_CREDENTIALS", "dev"), FakeProvider.all())
                        .properties(properties)
                        .build()));
    }

    @Test
    void overallTimeout_isAccepted() {
        Chains.with(Map.of(), FakeProvider.all())
                .properties(of("overall-timeout", "5"))
                .build();
    }

    @Test
    void defaultsOfProperties_andOtherKeys_areHandled() {
        Properties parent = of("tenant-id", "contoso");
        Properties properties = new Properties(parent);
        properties.setProperty("server.port", "8080");
        properties.put("signet.not-a-string", 5);
        FakeProvider cli = FakeProvider.of("AzureCli", FakeCredential.giving("AzureCliCredential"));
        Chains.with(Map.of(), List.of(cli)).properties(properties).build();
        assertEquals("contoso", cli.context.get().tenantId().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "signet.tenantid, ; did you mean signet.tenant-id?",
        "signet.managed-identity.clientid, ; did you mean signet.managed-identity.client-id?",
        "signet.nonsense-of-some-length, ;",
        "signet.credential.AzureCli, ;",
        "signet.credential..key, ;",
        "signet.credential.AzureCli., ;"
    })
    void key_unknown_failsWithNearMiss(String key, String suggestion) {
        Properties properties = new Properties();
        properties.setProperty(key, "");
        String message = problem(properties);
        assertTrue(message.startsWith(key + ": unknown key" + suggestion), message);
        assertTrue(message.endsWith(" known are " + KNOWN), message);
    }

    @Test
    void problems_several_haveALineEach() {
        Properties properties = of("process-timeout", "soon");
        properties.setProperty("signet.overall-timeout", "-3");
        properties.setProperty("signet.sources", ",;");
        properties.setProperty("signet.tenant-id", "a/b?client_secret=hunter2");
        String message = problem(properties);
        assertEquals(
                List.of(
                        "signet.overall-timeout: overallTimeout must be positive",
                        "signet.process-timeout: is no duration; write a number of seconds, or ISO-8601 such as PT2.5S",
                        "signet.sources: names nothing; separate several values by commas",
                        "signet.tenant-id: tenantId must consist of letters, digits, '.' and '-'; give the directory"
                                + " (tenant) id or a domain name, both shown on the tenant's overview page"),
                message.lines().toList());
        assertFalse(message.contains("hunter2"));
    }

    @Test
    void credential_unknown_failsWhileBuilding() {
        DefaultAzureCredentialBuilder builder =
                Chains.with(Map.of(), FakeProvider.all()).properties(of("credential.AzureClli.key", "value"));
        assertTrue(assertThrows(IllegalArgumentException.class, builder::build)
                .getMessage()
                .contains("did you mean AzureCliCredential?"));
    }

    private static String problem(Properties properties) {
        DefaultAzureCredentialBuilder builder = DefaultAzureCredential.builder();
        return assertThrows(IllegalArgumentException.class, () -> builder.properties(properties))
                .getMessage();
    }

    private static Properties of(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty("signet." + key, value);
        return properties;
    }

    private static Arguments seen(
            String key, String value, Function<ProviderContext, Object> reading, Object expected) {
        return argumentSet(key + "=" + value, key, value, reading, expected);
    }
}
