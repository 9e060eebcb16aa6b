// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.spi.Category;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credential of this project, installed or not, so that a report can say which artifact would add it, and
 * discovery need not read the annotation of one that is there.
 */
final class KnownProvider implements Candidate {
    private static final String OWN_PACKAGE = "dev.signet.identity.";
    private static final String SUFFIX = "Provider";

    static final List<KnownProvider> ALL = List.of(
            new KnownProvider("EnvironmentCredential", "provider-service-principal", Category.DEPLOYED, 100),
            new KnownProvider("ClientSecretCredential", "provider-service-principal", Category.ON_REQUEST, 110),
            new KnownProvider("CertificateCredential", "provider-service-principal", Category.ON_REQUEST, 120),
            new KnownProvider("AzurePipelinesCredential", "provider-service-principal", Category.ON_REQUEST, 130),
            new KnownProvider("GitHubActionsCredential", "provider-service-principal", Category.ON_REQUEST, 140),
            new KnownProvider("WorkloadIdentityCredential", "provider-managed-identity", Category.DEPLOYED, 200),
            new KnownProvider("ManagedIdentityCredential", "provider-managed-identity", Category.DEPLOYED, 300),
            new KnownProvider("SharedTokenCacheCredential", "provider-interactive", Category.DEVELOPER, 400),
            new KnownProvider("VisualStudioCodeCredential", "provider-broker", Category.DEVELOPER, 500),
            new KnownProvider("AzureCliCredential", "provider-developer-tools", Category.DEVELOPER, 600),
            new KnownProvider("AzurePowerShellCredential", "provider-developer-tools", Category.DEVELOPER, 700),
            new KnownProvider("AzureDeveloperCliCredential", "provider-developer-tools", Category.DEVELOPER, 800),
            new KnownProvider("InteractiveBrowserCredential", "provider-interactive", Category.INTERACTIVE, 900),
            new KnownProvider("DeviceCodeCredential", "provider-interactive", Category.ON_REQUEST, 950),
            new KnownProvider("BrokerCredential", "provider-broker", Category.DEVELOPER, 1000));

    private final String name;
    private final String artifact;
    private final Category category;
    private final int order;

    private KnownProvider(String name, String artifact, Category category, int order) {
        this.name = name;
        this.artifact = artifact;
        this.category = category;
        this.order = order;
    }

    /**
     * The known credential that one of this project's own providers makes, or null. It saves a cold start the proxy
     * class that stands for an annotation; a test compares the two.
     */
    static @Nullable KnownProvider madeBy(String providerClass) {
        if (providerClass.startsWith(OWN_PACKAGE) && providerClass.endsWith(SUFFIX)) {
            String name = providerClass.substring(
                    providerClass.lastIndexOf('.') + 1, providerClass.length() - SUFFIX.length());
            for (KnownProvider known : ALL) {
                if (known.name.equals(name)) {
                    return known;
                }
            }
        }
        return null;
    }

    /** The known credential of a name as a user may write it, or null. */
    static @Nullable KnownProvider find(String name) {
        for (KnownProvider known : ALL) {
            if (known.isNamed(name)) {
                return known;
            }
        }
        return null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Category category() {
        return category;
    }

    @Override
    public int order() {
        return order;
    }

    /** The Maven coordinates without version. */
    String artifact() {
        return "dev.signet:" + artifact;
    }

    @Override
    public boolean isNamed(String wanted) {
        return ProviderNames.key(name).equals(ProviderNames.key(wanted));
    }
}
