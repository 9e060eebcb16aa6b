// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.IdentityEventListener;
import dev.signet.identity.spi.TaskExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardContextTest {
    private static final String ALLOWED = "AZURE_ADDITIONALLY_ALLOWED_TENANTS";

    private final TestContexts contexts = new TestContexts();

    @Test
    void create_defaults() {
        StandardContext context = StandardContext.create();
        assertEquals(System.getenv(), context.environment().variables());
        assertSame(context.environment(), context.environment());
        assertEquals(
                System.getProperty("os.name"),
                context.environment().property("os.name").orElseThrow());
        assertInstanceOf(SocketHttpTransport.class, context.transport());
        assertSame(TaskExecutor.shared(), context.executor());
        assertSame(IdentityEventListener.NONE, context.listener());
        assertEquals(Optional.empty(), context.tenantId());
        assertEquals(Optional.empty(), context.clientId());
        assertEquals(Optional.empty(), context.managedIdentityId());
        assertEquals(Optional.empty(), context.setting("x"));
        assertEquals(Duration.ofSeconds(10), context.processTimeout());
        assertFalse(context.instanceDiscoveryDisabled());
        assertFalse(context.accountIdentifierLoggingEnabled());
        double jitter = context.jitter().getAsDouble();
        assertTrue(jitter >= 0 && jitter < 1);
        assertTrue(Math.abs(context.clock().millis() - System.currentTimeMillis()) < 60_000);
        context.sleeper().sleep(Duration.ZERO);
    }

    @Test
    void allowedTenants_fromTheEnvironment() {
        assertEquals(List.of(), contexts.with(Map.of()).additionallyAllowedTenants());
        assertEquals(
                List.of("a", "b.example", "*"),
                contexts.with(Map.of(ALLOWED, " a;;b.example , * ;")).additionallyAllowedTenants());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;../canary", "canary canary", "a,**"})
    void allowedTenants_malformedVariable_isRefusedByItsName(String value) {
        assertEquals(
                "AZURE_ADDITIONALLY_ALLOWED_TENANTS must list tenant ids or domain names, separated by ';', or *",
                assertThrows(IllegalArgumentException.class, () -> contexts.with(Map.of(ALLOWED, value))
                                .additionallyAllowedTenants())
                        .getMessage());
    }

    @Test
    void authorityHost_codeThenEnvironment() {
        Environment environment = Environment.of(Map.of("AZURE_AUTHORITY_HOST", "login.env"));
        StandardContext.Builder builder = contexts.builder().environment(environment);
        assertEquals(URI.create("https://login.env/"), builder.build().authorityHost());
        assertEquals(
                URI.create("https://login.code/"),
                builder.authorityHost("login.code").build().authorityHost());
    }

    @Test
    void toBuilder_copiesEverySetting() {
        HttpTransport transport = request -> null;
        IdentityEventListener listener = new IdentityEventListener() {};
        StandardContext context = contexts.builder()
                .transport(transport)
                .listener(listener)
                .authorityHost("login.code")
                .tenantId("t")
                .clientId("c")
                .managedIdentityId(ManagedIdentityId.objectId("o"))
                .additionallyAllowedTenants(List.of("x", "*"))
                .instanceDiscoveryDisabled(true)
                .processTimeout(Duration.ofSeconds(3))
                .accountIdentifierLoggingEnabled(true)
                .setting("k", "v")
                .build();
        StandardContext copy = context.toBuilder().build();
        assertSame(context.environment(), copy.environment());
        assertSame(transport, copy.transport());
        assertSame(contexts, copy.clock());
        assertSame(contexts, copy.executor());
        assertSame(context.sleeper(), copy.sleeper());
        assertSame(context.jitter(), copy.jitter());
        assertSame(listener, copy.listener());
        assertEquals(URI.create("https://login.code/"), copy.authorityHost());
        assertEquals(Optional.of("t"), copy.tenantId());
        assertEquals(Optional.of("c"), copy.clientId());
        assertEquals(Optional.of(ManagedIdentityId.objectId("o")), copy.managedIdentityId());
        assertEquals(List.of("x", "*"), copy.additionallyAllowedTenants());
        assertTrue(copy.instanceDiscoveryDisabled());
        assertEquals(Duration.ofSeconds(3), copy.processTimeout());
        assertTrue(copy.accountIdentifierLoggingEnabled());
        assertEquals(Optional.of("v"), copy.setting("k"));
    }

    @Test
    void build_builderUsedAgain_leavesWhatItBuilt() {
        StandardContext.Builder builder = contexts.builder().setting("k", "v");
        StandardContext context = builder.build();
        builder.setting("k", "w").tenantId("t");
        assertEquals(Optional.of("v"), context.setting("k"));
        assertEquals(Optional.empty(), context.tenantId());
    }

    @Test
    void builder_wrongSettings_areRefused() {
        StandardContext.Builder builder = StandardContext.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.tenantId("../x"));
        assertThrows(IllegalArgumentException.class, () -> builder.clientId(" "));
        assertThrows(IllegalArgumentException.class, () -> builder.authorityHost("http://h"));
        assertThrows(IllegalArgumentException.class, () -> builder.additionallyAllowedTenants(List.of("a b")));
        assertThrows(IllegalArgumentException.class, () -> builder.processTimeout(Duration.ZERO));
    }

    @Test
    void toString_showsNamesOfVariablesOnly() {
        assertEquals(
                "StandardContext[Environment[S], tenantId=null, clientId=null]",
                contexts.with(Map.of("S", "canary")).toString());
    }
}
