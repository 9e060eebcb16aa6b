// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Providers with the known names and one of a third party, for credentials that a test gives. */
abstract class FakeProvider implements CredentialProvider {
    final AtomicInteger created = new AtomicInteger();
    final AtomicReference<ProviderContext> context = new AtomicReference<>();
    private final Function<ProviderContext, TokenCredential> maker;

    FakeProvider(Function<ProviderContext, TokenCredential> maker) {
        this.maker = maker;
    }

    /** One of a known name without suffix. */
    static FakeProvider of(String name, TokenCredential credential) {
        return making(name, context -> credential);
    }

    static FakeProvider making(String name, Function<ProviderContext, TokenCredential> maker) {
        return switch (name) {
            case "Environment" -> new Environment(maker);
            case "WorkloadIdentity" -> new WorkloadIdentity(maker);
            case "ManagedIdentity" -> new ManagedIdentity(maker);
            case "SharedTokenCache" -> new SharedTokenCache(maker);
            case "VisualStudioCode" -> new VisualStudioCode(maker);
            case "AzureCli" -> new AzureCli(maker);
            case "AzurePowerShell" -> new AzurePowerShell(maker);
            case "AzureDeveloperCli" -> new AzureDeveloperCli(maker);
            case "InteractiveBrowser" -> new InteractiveBrowser(maker);
            case "Broker" -> new Broker(maker);
            case "ClientSecret" -> new ClientSecret(maker);
            case "Certificate" -> new Certificate(maker);
            case "AzurePipelines" -> new AzurePipelines(maker);
            case "GitHubActions" -> new GitHubActions(maker);
            case "DeviceCode" -> new DeviceCode(maker);
            case "Vendor" -> new Vendor(maker);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** All of this project's, each giving a token under its own name. */
    static List<FakeProvider> all() {
        List<FakeProvider> all = new ArrayList<>();
        for (KnownProvider known : KnownProvider.ALL) {
            String name = known.name().replace("Credential", "");
            all.add(of(name, FakeCredential.giving(known.name())));
        }
        return all;
    }

    @Override
    public TokenCredential create(ProviderContext given) {
        created.incrementAndGet();
        context.set(given);
        return maker.apply(given);
    }

    @ProviderInfo(name = "EnvironmentCredential", category = Category.DEPLOYED, order = 100)
    static final class Environment extends FakeProvider {
        Environment(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "ClientSecretCredential", category = Category.ON_REQUEST, order = 110)
    static final class ClientSecret extends FakeProvider {
        ClientSecret(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "CertificateCredential", category = Category.ON_REQUEST, order = 120)
    static final class Certificate extends FakeProvider {
        Certificate(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "AzurePipelinesCredential", category = Category.ON_REQUEST, order = 130)
    static final class AzurePipelines extends FakeProvider {
        AzurePipelines(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "GitHubActionsCredential", category = Category.ON_REQUEST, order = 140)
    static final class GitHubActions extends FakeProvider {
        GitHubActions(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "DeviceCodeCredential", category = Category.ON_REQUEST, order = 950)
    static final class DeviceCode extends FakeProvider {
        DeviceCode(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "WorkloadIdentityCredential", category = Category.DEPLOYED, order = 200)
    static final class WorkloadIdentity extends FakeProvider {
        WorkloadIdentity(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "ManagedIdentityCredential", category = Category.DEPLOYED, order = 300)
    static final class ManagedIdentity extends FakeProvider {
        ManagedIdentity(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "SharedTokenCacheCredential", category = Category.DEVELOPER, order = 400)
    static final class SharedTokenCache extends FakeProvider {
        SharedTokenCache(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "VisualStudioCodeCredential", category = Category.DEVELOPER, order = 500)
    static final class VisualStudioCode extends FakeProvider {
        VisualStudioCode(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "AzureCliCredential", category = Category.DEVELOPER, order = 600)
    static final class AzureCli extends FakeProvider {
        AzureCli(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "AzurePowerShellCredential", category = Category.DEVELOPER, order = 700)
    static final class AzurePowerShell extends FakeProvider {
        AzurePowerShell(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "AzureDeveloperCliCredential", category = Category.DEVELOPER, order = 800)
    static final class AzureDeveloperCli extends FakeProvider {
        AzureDeveloperCli(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "InteractiveBrowserCredential", category = Category.INTERACTIVE, order = 900)
    static final class InteractiveBrowser extends FakeProvider {
        InteractiveBrowser(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "BrokerCredential", category = Category.DEVELOPER, order = 1000)
    static final class Broker extends FakeProvider {
        Broker(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }

    @ProviderInfo(name = "VendorCredential", aliases = "Acme", category = Category.DEPLOYED, order = 300)
    static final class Vendor extends FakeProvider {
        Vendor(Function<ProviderContext, TokenCredential> maker) {
            super(maker);
        }
    }
}
