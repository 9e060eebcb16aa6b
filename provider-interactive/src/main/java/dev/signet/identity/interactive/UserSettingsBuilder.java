// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.Secret;
import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.core.AuthorityHost;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.SignIn;
import dev.signet.identity.msal.UserClient;
import dev.signet.identity.msal.UserLogin;
import dev.signet.identity.spi.ProviderContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings that the credentials of people share, as their builders collect them. */
final class UserSettingsBuilder {
    /** Each user's own tenant. */
    static final String COMMON = "common";

    @Nullable
    String tenantId;

    @Nullable
    String clientId;

    @Nullable
    String authorityHost;

    @Nullable
    List<String> additionallyAllowedTenants;

    @Nullable
    TokenCachePersistenceOptions persistence;

    @Nullable
    AuthenticationRecord account;

    @Nullable
    Secret clientSecret;

    @Nullable
    ProviderContext context;

    boolean promptsDisabled;

    /** The tenant where none is set; this one is of any work or school account. */
    String otherwiseTenant = "organizations";

    String otherwiseClient = UserClient.DEVELOPER_SIGN_ON;

    ProviderContext context() {
        return context == null ? StandardContext.create() : context;
    }

    String tenantId(ProviderContext ambient) {
        return first(
                otherwiseTenant,
                tenantId,
                ambient.tenantId().orElse(null),
                account == null ? null : account.tenantId());
    }

    /** The application; what is not set is the account's, else what suits everybody. */
    UserApplication application(String credentialName, ProviderContext ambient) {
        String tenant = tenantId(ambient);
        TenantPolicy tenants = TenantPolicy.of(credentialName, tenant, ambient, UserApplication.LOG);
        if (additionallyAllowedTenants != null) {
            tenants = tenants.withAllowedTenants(additionallyAllowedTenants);
        } else if (tenant.equalsIgnoreCase(COMMON)) {
            tenants = tenants.withAllowedTenants(List.of("*"));
        }
        UserClient.Builder client = UserClient.builder(credentialName, ambient, tenants)
                .clientId(first(
                        otherwiseClient,
                        clientId,
                        ambient.clientId().orElse(null),
                        account == null ? null : account.clientId()));
        if (authorityHost != null) {
            client.authorityHost(AuthorityHost.parse("authorityHost", authorityHost));
        }
        if (clientSecret != null) {
            client.clientSecret(clientSecret);
        }
        if (persistence != null) {
            client.persistence(persistence);
        }
        return new UserApplication(ambient, tenants, client.build());
    }

    UserLogin login(UserClient client, SignIn signIn) {
        UserLogin login = UserLogin.of(client, signIn);
        if (account != null) {
            login = login.withAccount(account);
        }
        return promptsDisabled ? login.withoutPrompts() : login;
    }

    /** The first value that is given; a blank one counts as missing, as a blank variable does. */
    static String first(String otherwise, @Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return otherwise;
    }
}
