// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.msal.internal.CacheDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Caches as other libraries write them. Their tokens are valid until 2033. */
class ForeignCacheTest extends EntraFixture {
    private static final AuthenticationRecord RECORD =
            AuthenticationRecord.fromJson("{\"authority\":\"login.windows.net\","
                    + "\"homeAccountId\":\"" + ScriptedEntra.HOME + "\",\"tenantId\":\"organizations\",\"username\":\""
                    + ScriptedEntra.USER + "\",\"clientId\":\"" + CLIENT_ID + "\"}");

    private final MemoryStore store = new MemoryStore();

    @BeforeEach
    void setClock() {
        context.clock().set(Instant.parse("2026-06-01T00:00:00Z"));
    }

    private UserClient client(String tenantId) {
        return builder(tenantId)
                .persistence(TokenCachePersistenceOptions.defaults())
                .stores((name, options, caeEnabled, unused) -> store)
                .build();
    }

    private UserClient.Builder builder(String tenantId) {
        TenantPolicy tenants = TenantPolicy.of(NAME, tenantId, context, LoggerFactory.getLogger(EntraFixture.class));
        return UserClient.builder(NAME, context, tenants).clientId(CLIENT_ID);
    }

    private void given(String name) {
        try (InputStream in = ForeignCacheTest.class.getResourceAsStream("/caches/" + name + ".json")) {
            store.text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @ParameterizedTest(name = "PC06 PC07 PC17 {0}")
    @ValueSource(strings = {"python", "javascript", "dotnet"})
    void silent_cacheOfAnotherLibrary_isUsed(String library) {
        given(library);

        UserToken token = client(ScriptedEntra.TENANT_ID).silent(RECORD, REQUEST);

        assertEquals("at-of-" + library, token.token().token());
        assertEquals(0, entra.requests().size());
    }

    @ParameterizedTest(name = "PC06 PC08 {0}")
    @ValueSource(strings = {"python", "javascript", "dotnet", "java"})
    void silent_otherTenant_takesTheRefreshToken(String library) {
        given(library);
        String unknown = "\"Elsewhere\":{\"kept\":[1]}";
        store.text = store.text.strip().replaceFirst("\\{", "{" + unknown + ",");

        assertEquals(
                "at1", client("fabrikam.com").silent(RECORD, REQUEST).token().token());

        assertEquals("rt-of-" + library, entra.form().get("refresh_token"));
        assertTrue(store.text.contains(unknown), "unknown section is lost");
        assertTrue(
                CacheDocument.parse(store.text)
                                .accessToken(
                                        new CacheDocument.Place(
                                                ScriptedEntra.HOME,
                                                java.util.Set.of("login.windows.net"),
                                                CLIENT_ID,
                                                "fabrikam.com"),
                                        java.util.List.of(SCOPE),
                                        NAME)
                        != null,
                store.text);
    }

    @Test
    @DisplayName("PC08 realm organizations, tenant by id")
    void silent_ownRealmIsOrganizations_isRefreshedForTheTenant() {
        given("java");

        client(ScriptedEntra.TENANT_ID).silent(RECORD, REQUEST);

        assertEquals("rt-of-java", entra.form().get("refresh_token"));
    }

    @Test
    @DisplayName("PC13 key of an access token")
    void redeem_token_isStoredUnderTheUsualKey() {
        client("organizations")
                .redeem(
                        AuthorizationCode.of(
                                dev.signet.identity.Secret.of("K"), java.net.URI.create("http://localhost:1")),
                        REQUEST);

        assertTrue(
                store.text.contains("\"" + ScriptedEntra.HOME + "-login.windows.net-accesstoken-" + CLIENT_ID
                        + "-organizations-https://vault.azure.net/.default\""),
                store.text);
    }

    @Test
    @DisplayName("PC14 family refresh token")
    void silent_familyMember_sharesTheRefreshToken() {
        given("family");

        client(ScriptedEntra.TENANT_ID).silent(RECORD, REQUEST);

        assertEquals("rt-of-the-family", entra.form().get("refresh_token"));
        assertEquals(CLIENT_ID, entra.form().get("client_id"));
    }

    @Test
    void accounts_cacheOfAnotherLibrary_areListed() {
        given("python");

        assertEquals(
                ScriptedEntra.USER,
                client("organizations").accounts(false).get(0).userName());
    }
}
