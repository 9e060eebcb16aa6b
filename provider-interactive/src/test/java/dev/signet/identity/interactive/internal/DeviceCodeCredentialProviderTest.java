// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.interactive.DeviceCodeCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.testkit.TestContext;
import dev.signet.identity.testkit.junit.CredentialProviderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceCodeCredentialProviderTest implements CredentialProviderContract {
    @Override
    public CredentialProvider provider() {
        return new DeviceCodeCredentialProvider();
    }

    @Override
    public TestContext context() {
        return new TestContext().environment(Map.of("AZURE_TENANT_ID", "tenant.example"));
    }

    @Test
    void providerInfo_isAsDocumented() {
        ProviderInfo info = DeviceCodeCredentialProvider.class.getAnnotation(ProviderInfo.class);

        assertEquals("DeviceCodeCredential", info.name());
        assertEquals(Category.ON_REQUEST, info.category());
        assertEquals(950, info.order());
        assertEquals(DeviceCodeCredential.class, provider().create(context()).getClass());
    }

    @ParameterizedTest
    @CsvSource({"tenant.example, false", "own.example, true"})
    void create_tenant_isTheContextsElseTheVariables(String tenant, boolean inContext) {
        TestContext context = context();
        if (inContext) {
            context.tenantId(tenant);
        }
        TokenCredential credential = provider().create(context);

        ClientAuthenticationException failure = assertThrows(
                ClientAuthenticationException.class,
                () -> credential.getToken(TokenRequestContext.of("s").withTenantId("third.example")));

        assertEquals(
                "DeviceCodeCredential: it is not configured to get tokens for tenant third.example. Add the tenant, or *,"
                        + " to additionallyAllowedTenants or to AZURE_ADDITIONALLY_ALLOWED_TENANTS.",
                failure.getMessage());
        List<String> paths = new ArrayList<>();
        context.transport(request -> {
            paths.add(request.uri().getPath());
            throw new UncheckedIOException(new IOException("closed"));
        });
        assertThrows(ClientAuthenticationException.class, () -> credential.getToken(TokenRequestContext.of("s")));
        assertEquals("/" + tenant + "/oauth2/v2.0/devicecode", paths.get(0));
    }
}
