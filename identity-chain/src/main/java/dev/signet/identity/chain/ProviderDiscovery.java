// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.core.Redaction;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import java.lang.annotation.AnnotationFormatError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds providers and puts them in order: class path, module path and image give the same one. A provider that cannot
 * be read becomes a line of the report; it does not keep the others from being found.
 */
final class ProviderDiscovery {
    private static final String OWN_PACKAGE = "dev.signet.identity.";

    private final List<InstalledProvider> providers = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private final boolean discovered;
    private final Set<String> added;

    private ProviderDiscovery(boolean discovered, Set<String> added) {
        this.discovered = discovered;
        this.added = added;
    }

    /**
     * Looks for providers.
     *
     * @param discover whether to ask the service loader
     * @param loader where to look; null for the thread's context class loader
     * @param given providers that the application gave
     * @param added names of credentials that the application gave
     * @throws IllegalStateException if two providers share a name, or a foreign one has a reserved name
     */
    static ProviderDiscovery run(
            boolean discover, @Nullable ClassLoader loader, List<CredentialProvider> given, Set<String> added) {
        ProviderDiscovery discovery = new ProviderDiscovery(discover, added);
        for (CredentialProvider provider : given) {
            discovery.providers.add(InstalledProvider.given(provider));
        }
        if (discover) {
            discovery.find(
                    loader == null
                            ? ServiceLoader.load(CredentialProvider.class)
                            : ServiceLoader.load(CredentialProvider.class, loader));
        }
        Collections.sort(discovery.providers);
        discovery.checkNames();
        return discovery;
    }

    List<InstalledProvider> providers() {
        return providers;
    }

    /** The known credentials that a chain could do with; those on request are missed by who names one. None when the service loader was not to be asked. */
    List<KnownProvider> missing() {
        List<KnownProvider> missing = new ArrayList<>();
        if (discovered) {
            for (KnownProvider known : KnownProvider.ALL) {
                if (known.category() != Category.ON_REQUEST && !isPresent(known)) {
                    missing.add(known);
                }
            }
        }
        return missing;
    }

    private boolean isPresent(KnownProvider known) {
        for (InstalledProvider provider : providers) {
            if (provider.isNamed(known.name())) {
                return true;
            }
        }
        for (String name : added) {
            if (known.isNamed(name)) {
                return true;
            }
        }
        return false;
    }

    /** What could not be read, one line each. */
    List<String> problems() {
        return problems;
    }

    private void find(ServiceLoader<CredentialProvider> services) {
        Iterator<ServiceLoader.Provider<CredentialProvider>> all =
                services.stream().iterator();
        int failures = 0;
        while (failures < 100) {
            try {
                if (!all.hasNext()) {
                    return;
                }
                InstalledProvider provider = InstalledProvider.found(all.next());
                if (!providers.contains(provider)) {
                    providers.add(provider);
                }
            } catch (ServiceConfigurationError
                    | LinkageError
                    | AnnotationFormatError
                    | RuntimeException broken) { // whatever a jar brings, the others are found
                failures++;
                problems.add(problem(broken));
            }
        }
    }

    private static String problem(Throwable broken) {
        boolean telling = broken instanceof ServiceConfigurationError || broken instanceof IllegalArgumentException;
        String message = broken.getMessage();
        return Redaction.quote(telling && message != null ? message : broken.toString());
    }

    private void checkNames() {
        Map<String, InstalledProvider> taken = new HashMap<>();
        for (InstalledProvider provider : providers) {
            claim(taken, provider.name(), provider);
            for (String alias : provider.aliases()) {
                claim(taken, alias, provider);
            }
        }
        for (String name : added) {
            InstalledProvider provider = taken.get(ProviderNames.key(name));
            if (provider != null) {
                throw new IllegalStateException("The credential added as " + name + " has the name of "
                        + provider.type().getName() + " in " + provider.location() + ". Add it under another name.");
            }
        }
    }

    private static void claim(Map<String, InstalledProvider> taken, String name, InstalledProvider provider) {
        InstalledProvider other = taken.put(ProviderNames.key(name), provider);
        if (other != null && !other.equals(provider)) {
            throw new IllegalStateException("Two credential providers are named " + name + ": "
                    + other.type().getName() + " in " + other.location() + " and "
                    + provider.type().getName() + " in " + provider.location()
                    + ". Remove one of the jars, or give one another name in @ProviderInfo.");
        }
        if (!provider.type().getName().startsWith(OWN_PACKAGE) && KnownProvider.find(name) != null) {
            throw new IllegalStateException("The name " + name + " is reserved for dev.signet modules, but "
                    + provider.type().getName() + " in " + provider.location()
                    + " uses it. Give it another name in @ProviderInfo.");
        }
    }
}
