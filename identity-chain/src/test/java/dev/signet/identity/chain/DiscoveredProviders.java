// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.time.Instant;

/** Providers for service files. They are loaded a second time there, so they use nothing but the API. */
final class DiscoveredProviders {
    private DiscoveredProviders() {}

    static TokenCredential giving(String name) {
        return request -> AccessToken.of("discovered", Instant.parse("2030-01-01T00:00:00Z"), name);
    }

    /** Loaded when {@link Cli} is initialised. */
    public static final class InitialisedCli {}

    /** Loaded when {@link Cli} is instantiated. */
    public static final class InstantiatedCli {}

    @ProviderInfo(name = "AzureCliCredential", category = Category.DEVELOPER, order = 600)
    public static final class Cli implements CredentialProvider {
        static final Object INITIALISED = new InitialisedCli();
        final Object instantiated = new InstantiatedCli();

        @Override
        public TokenCredential create(ProviderContext context) {
            return giving("AzureCliCredential");
        }
    }

    @ProviderInfo(name = "EnvironmentCredential", category = Category.DEPLOYED, order = 100)
    public static final class Env implements CredentialProvider {
        @Override
        public TokenCredential create(ProviderContext context) {
            throw new CredentialUnavailableException("EnvironmentCredential", "not configured here", "");
        }
    }

    @ProviderInfo(name = "Alpha", category = Category.DEPLOYED, order = 150)
    public static final class Alpha implements CredentialProvider {
        @Override
        public TokenCredential create(ProviderContext context) {
            return giving("Alpha");
        }
    }

    @ProviderInfo(name = "Beta", category = Category.DEPLOYED, order = 150)
    public static final class Beta implements CredentialProvider {
        @Override
        public TokenCredential create(ProviderContext context) {
            return giving("Beta");
        }
    }

    @ProviderInfo(name = "beta", category = Category.DEPLOYED, order = 160)
    public static final class OtherBeta implements CredentialProvider {
        @Override
        public TokenCredential create(ProviderContext context) {
            return giving("beta");
        }
    }

    @ProviderInfo(name = "Exploding", category = Category.DEPLOYED, order = 50)
    public static final class Exploding implements CredentialProvider {
        static final int BOOM = Integer.parseInt("not a number");

        @Override
        public TokenCredential create(ProviderContext context) {
            return giving("Exploding" + BOOM);
        }
    }

    public static final class Unannotated implements CredentialProvider {
        @Override
        public TokenCredential create(ProviderContext context) {
            return giving("Unannotated");
        }
    }

    @ProviderInfo(name = "prod", category = Category.DEPLOYED, order = 1)
    public static final class NamedProd implements CredentialProvider {
        @Override
        public TokenCredential create(ProviderContext context) {
            return giving("prod");
        }
    }

    /** In the service file by mistake. */
    public static final class NoProvider {}
}
