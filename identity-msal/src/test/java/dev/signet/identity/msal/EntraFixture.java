// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.testkit.DirectExecutor;
import dev.signet.identity.testkit.TestContext;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;

/** A client of Entra in memory, by a clock that stands. */
abstract class EntraFixture {
    static final String NAME = "TestCredential";
    static final String CLIENT_ID = "11112222-3333-4444-5555-666677778888";
    static final String SCOPE = "https://vault.azure.net/.default";
    static final TokenRequestContext REQUEST = TokenRequestContext.of(SCOPE);
    static final String TOKEN_ADDRESS = "https://login.microsoftonline.com/organizations/oauth2/v2.0/token";

    final ScriptedEntra entra = new ScriptedEntra();
    final TestContext context = new TestContext().transport(entra).executor(new DirectExecutor());

    UserClient.Builder builder() {
        return UserClient.builder(NAME, context, tenants()).clientId(CLIENT_ID);
    }

    TenantPolicy tenants() {
        return TenantPolicy.of(NAME, "organizations", context, LoggerFactory.getLogger(EntraFixture.class));
    }

    static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.split(" ", -1)));
    }
}
