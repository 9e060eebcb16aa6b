// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.lang.module.ModuleDescriptor;
import java.security.CodeSource;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** A provider that was found or given, with its metadata, not yet instantiated. */
final class InstalledProvider implements Candidate, Comparable<InstalledProvider> {
    private final String name;
    private final String[] aliases;
    private final Category category;
    private final int order;
    private final Class<?> type;
    private final ServiceLoader.@Nullable Provider<CredentialProvider> found;
    private final @Nullable CredentialProvider given;

    private InstalledProvider(
            ProviderInfo info,
            Class<?> type,
            ServiceLoader.@Nullable Provider<CredentialProvider> found,
            @Nullable CredentialProvider given) {
        this.name = info.name();
        this.aliases = info.aliases();
        this.category = info.category();
        this.order = info.order();
        this.type = type;
        this.found = found;
        this.given = given;
    }

    private InstalledProvider(KnownProvider known, Class<?> type, ServiceLoader.Provider<CredentialProvider> found) {
        this.name = known.name();
        this.aliases = new String[0];
        this.category = known.category();
        this.order = known.order();
        this.type = type;
        this.found = found;
        this.given = null;
    }

    /** One that the service loader found. */
    static InstalledProvider found(ServiceLoader.Provider<CredentialProvider> provider) {
        Class<? extends CredentialProvider> type = provider.type();
        KnownProvider known = KnownProvider.madeBy(type.getName());
        return known == null
                ? new InstalledProvider(info(type), type, provider, null)
                : new InstalledProvider(known, type, provider);
    }

    /** One that the application gave. */
    static InstalledProvider given(CredentialProvider provider) {
        return new InstalledProvider(info(provider.getClass()), provider.getClass(), null, provider);
    }

    private static ProviderInfo info(Class<? extends CredentialProvider> type) {
        ProviderInfo info = type.getAnnotation(ProviderInfo.class);
        if (info == null) {
            throw new IllegalArgumentException(
                    type.getName() + " has no @ProviderInfo annotation; add one with name, category and order");
        }
        checkName(type, info.name());
        for (String alias : info.aliases()) {
            checkName(type, alias);
        }
        return info;
    }

    private static void checkName(Class<?> type, String name) {
        if (!ProviderNames.isValid(name) || Selection.group(name) != null) {
            throw new IllegalArgumentException(type.getName()
                    + " has a malformed name in @ProviderInfo; use letters and digits, and neither dev nor prod");
        }
    }

    @Override
    public String name() {
        return name;
    }

    String[] aliases() {
        return aliases.clone();
    }

    @Override
    public Category category() {
        return category;
    }

    @Override
    public int order() {
        return order;
    }

    Class<?> type() {
        return type;
    }

    /** Instantiates the provider and lets it make its credential. */
    @Nullable
    TokenCredential create(ProviderContext context) {
        CredentialProvider provider = given;
        if (provider == null && found != null) {
            provider = found.get();
        }
        return provider == null ? null : provider.create(context);
    }

    @Override
    public boolean isNamed(String wanted) {
        String key = ProviderNames.key(wanted);
        if (ProviderNames.key(name).equals(key)) {
            return true;
        }
        for (String alias : aliases) {
            if (ProviderNames.key(alias).equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** The module, or on the class path the jar's name for itself. */
    String module() {
        Module module = type.getModule();
        return module.isNamed() ? module.getName() : "class path";
    }

    Optional<String> version() {
        ModuleDescriptor descriptor = type.getModule().getDescriptor();
        Optional<String> version = descriptor == null ? Optional.empty() : descriptor.rawVersion();
        Package home = type.getPackage();
        return version.or(() -> Optional.ofNullable(home == null ? null : home.getImplementationVersion()));
    }

    /** Where the class came from, for messages about conflicts. */
    String location() {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? module()
                : source.getLocation().toString();
    }

    @Override
    public int compareTo(InstalledProvider other) {
        return Candidate.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InstalledProvider that && type == that.type && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name + " (" + order + ", " + module() + ", " + type.getName() + ")";
    }
}
