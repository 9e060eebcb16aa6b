// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.Environment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the installed providers form the chain, and in which order. First come the names given in code,
 * else those in the selection variable, else everything but {@link Category#INTERACTIVE}; then single credentials
 * are put in or out.
 */
final class Selection {
    private final SelectionSettings settings;
    private final List<InstalledProvider> installed;
    private final List<InstalledProvider> selected = new ArrayList<>();
    private final @Nullable List<String> items;
    private final String origin;

    private Selection(
            SelectionSettings settings,
            List<InstalledProvider> installed,
            @Nullable List<String> items,
            String origin) {
        this.settings = settings;
        this.installed = installed;
        this.items = items;
        this.origin = origin;
    }

    /**
     * Applies the settings.
     *
     * @throws IllegalArgumentException if a name is unknown or not installed
     * @throws IllegalStateException if the variable is required and not set, or nothing is left
     */
    static Selection of(SelectionSettings settings, Environment environment, List<InstalledProvider> installed) {
        List<String> sources = settings.sources();
        if (sources != null) {
            return new Selection(settings, installed, sources, "sources(...) in code").applied();
        }
        String variable = settings.variable();
        if (!environment.has(variable)) {
            if (settings.variableRequired()) {
                throw new IllegalStateException(variable + " is required and not set; set it to dev, prod or the name"
                        + " of a credential such as ManagedIdentityCredential");
            }
            return new Selection(settings, installed, null, variable + " unset").applied();
        }
        List<String> items = split(environment.get(variable).orElseThrow());
        if (items.isEmpty()) {
            throw new IllegalArgumentException(
                    variable + " names no credential; set it to dev, prod or names separated by commas");
        }
        return new Selection(settings, installed, items, variable + "=" + join(items)).applied();
    }

    /** The providers of the chain, in the order in which they are tried. */
    List<InstalledProvider> selected() {
        return Collections.unmodifiableList(selected);
    }

    /** Where the selection came from, for the report. */
    String origin() {
        return origin;
    }

    /** The names that were put out of the chain. */
    List<String> excluded() {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, Boolean> entry : settings.switches().entrySet()) {
            if (!entry.getValue()) {
                names.add(displayName(entry.getKey()));
            }
        }
        return names;
    }

    /** Whether the settings let a credential in, were it installed. */
    boolean admits(String name, Category category) {
        for (Map.Entry<String, Boolean> entry : settings.switches().entrySet()) {
            if (ProviderNames.key(entry.getKey()).equals(ProviderNames.key(name))) {
                return entry.getValue();
            }
        }
        if (items == null) {
            return category != Category.INTERACTIVE;
        }
        for (String item : items) {
            Category group = group(item);
            if (group == null ? ProviderNames.key(item).equals(ProviderNames.key(name)) : group == category) {
                return true;
            }
        }
        return false;
    }

    private Selection applied() {
        List<String> wanted = items;
        if (wanted == null) {
            for (InstalledProvider provider : installed) {
                if (provider.category() != Category.INTERACTIVE) {
                    selected.add(provider);
                }
            }
        } else {
            for (String item : wanted) {
                addItem(item);
            }
        }
        for (Map.Entry<String, Boolean> entry : settings.switches().entrySet()) {
            turn(entry.getKey(), entry.getValue());
        }
        return this;
    }

    private void addItem(String item) {
        Category group = group(item);
        if (group == null) {
            add(require(item));
            return;
        }
        for (InstalledProvider provider : installed) {
            if (provider.category() == group) {
                add(provider);
            }
        }
    }

    private void turn(String name, boolean in) {
        InstalledProvider provider = find(name);
        if (provider == null) {
            if (KnownProvider.find(name) == null) {
                throw unknown(name, in ? "include" : "exclude");
            }
            return;
        }
        if (!in) {
            selected.remove(provider);
        } else if (!selected.contains(provider)) {
            insert(provider);
        }
    }

    /** By order among the others, but at the end of a list that was given in an order of its own. */
    private void insert(InstalledProvider provider) {
        int at = selected.size();
        if (items == null) {
            at = 0;
            while (at < selected.size() && selected.get(at).compareTo(provider) < 0) {
                at++;
            }
        }
        selected.add(at, provider);
    }

    private void add(InstalledProvider provider) {
        if (!selected.contains(provider)) {
            selected.add(provider);
        }
    }

    private @Nullable InstalledProvider find(String name) {
        for (InstalledProvider provider : installed) {
            if (provider.isNamed(name)) {
                return provider;
            }
        }
        return null;
    }

    private InstalledProvider require(String name) {
        InstalledProvider provider = find(name);
        if (provider != null) {
            return provider;
        }
        KnownProvider known = KnownProvider.find(name);
        if (known != null) {
            throw new IllegalArgumentException(setting() + " names " + known.name() + ", which is not installed: add "
                    + known.artifact() + " to the class path or module path");
        }
        throw unknown(name, setting());
    }

    private IllegalArgumentException unknown(String name, String where) {
        List<String> names = new ArrayList<>();
        for (InstalledProvider provider : installed) {
            names.add(provider.name());
        }
        List<String> candidates = new ArrayList<>(names);
        for (KnownProvider known : KnownProvider.ALL) {
            candidates.add(known.name());
        }
        String closest = ProviderNames.closest(name, candidates);
        return new IllegalArgumentException(where + " names an unknown credential '" + printable(name) + "'"
                + (closest == null ? "" : "; did you mean " + closest + "?")
                + (closest == null ? ";" : "") + " valid are dev, prod"
                + (names.isEmpty() ? "; no credential is installed" : " and the installed " + join(names)));
    }

    /**
     * Checks a name that a setting is for.
     *
     * @throws IllegalArgumentException if it is neither installed nor known
     */
    void requireKnown(String name, String setting) {
        if (find(name) == null && KnownProvider.find(name) == null) {
            throw unknown(name, setting);
        }
    }

    /** The failure of a chain in which the settings leave nothing of what is installed. */
    IllegalStateException nothingLeft() {
        StringBuilder text = new StringBuilder("No credential is left in the chain: installed are ");
        List<String> names = new ArrayList<>();
        for (InstalledProvider provider : installed) {
            names.add(provider.name());
        }
        text.append(join(names)).append("; selected by ").append(origin);
        List<String> excluded = excluded();
        if (!excluded.isEmpty()) {
            text.append("; excluded in code: ").append(join(excluded));
        }
        return new IllegalStateException(
                text.append(". Select or install another one.").toString());
    }

    private String setting() {
        return settings.sources() != null ? "sources" : settings.variable();
    }

    private String displayName(String name) {
        InstalledProvider provider = find(name);
        if (provider != null) {
            return provider.name();
        }
        KnownProvider known = KnownProvider.find(name);
        return known == null ? name : known.name();
    }

    private static @Nullable Category group(String item) {
        String lower = item.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "dev" -> Category.DEVELOPER;
            case "prod" -> Category.DEPLOYED;
            default -> null;
        };
    }

    private static List<String> split(String value) {
        List<String> items = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || value.charAt(i) == ',' || value.charAt(i) == ';') {
                String item = value.substring(from, i).strip();
                if (!item.isEmpty()) {
                    items.add(item);
                }
                from = i + 1;
            }
        }
        return items;
    }

    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length() && i < 60; i++) {
            char c = name.charAt(i);
            text.append(c < ' ' || c > '~' ? '?' : c);
        }
        return text.toString();
    }

    private static String join(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            if (text.length() > 0) {
                text.append(", ");
            }
            text.append(printable(name));
        }
        return text.toString();
    }
}
