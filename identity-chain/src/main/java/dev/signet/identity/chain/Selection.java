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
 * else those in the selection variable, else everything but {@link Category#INTERACTIVE} and
 * {@link Category#ON_REQUEST}; then single credentials are put in or out.
 */
final class Selection {
    private final SelectionSettings settings;
    private final List<InstalledProvider> installed;
    private final @Nullable List<String> items;
    private final String origin;
    private final List<InstalledProvider> selected;

    private Selection(
            SelectionSettings settings,
            List<InstalledProvider> installed,
            @Nullable List<String> items,
            String origin) {
        this.settings = settings;
        this.installed = installed;
        this.items = items;
        this.origin = origin;
        check();
        this.selected = choose(installed);
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
            return new Selection(settings, installed, sources, "sources(...) in code");
        }
        String variable = settings.variable();
        if (!environment.has(variable)) {
            if (settings.variableRequired()) {
                throw new IllegalStateException(variable + " is required and not set; set it to dev, prod or the name"
                        + " of a credential such as ManagedIdentityCredential");
            }
            return new Selection(settings, installed, null, variable + " unset");
        }
        List<String> items = split(environment.get(variable).orElseThrow());
        if (items.isEmpty()) {
            throw new IllegalArgumentException(
                    variable + " names no credential; set it to dev, prod or names separated by commas");
        }
        return new Selection(settings, installed, items, variable + "=" + join(items));
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

    /** Whether a credential was put in (true) or out by name; null when neither. */
    @Nullable
    Boolean switched(Candidate candidate) {
        Boolean last = null;
        for (Map.Entry<String, Boolean> entry : settings.switches().entrySet()) {
            if (candidate.isNamed(entry.getKey())) {
                last = entry.getValue();
            }
        }
        return last;
    }

    /** The chain as it would be with some credentials that are not installed, in order. */
    List<Candidate> plan(List<KnownProvider> missing) {
        List<Candidate> all = new ArrayList<>(installed);
        all.addAll(missing);
        all.sort(Candidate::compare);
        return choose(all);
    }

    private void check() {
        if (items != null) {
            for (String item : items) {
                if (group(item) == null) {
                    require(item);
                }
            }
        }
        for (Map.Entry<String, Boolean> entry : settings.switches().entrySet()) {
            requireKnown(entry.getKey(), entry.getValue() ? "include" : "exclude");
        }
    }

    /** Puts together the chain: first what is selected, then what is switched in or out by name. */
    private <T extends Candidate> List<T> choose(List<T> all) {
        List<T> chosen = new ArrayList<>();
        if (items == null) {
            for (T candidate : all) {
                Category category = candidate.category();
                if (category == Category.DEPLOYED || category == Category.DEVELOPER) {
                    chosen.add(candidate);
                }
            }
        } else {
            for (String item : items) {
                addItem(chosen, all, item);
            }
        }
        for (Map.Entry<String, Boolean> entry : settings.switches().entrySet()) {
            T candidate = find(all, entry.getKey());
            if (candidate != null && !entry.getValue()) {
                chosen.remove(candidate);
            } else if (candidate != null && !chosen.contains(candidate)) {
                insert(chosen, candidate);
            }
        }
        return chosen;
    }

    private static <T extends Candidate> void addItem(List<T> chosen, List<T> all, String item) {
        Category group = group(item);
        for (T candidate : all) {
            boolean wanted = group == null ? candidate.isNamed(item) : candidate.category() == group;
            if (wanted && !chosen.contains(candidate)) {
                chosen.add(candidate);
            }
        }
    }

    /** By order among the others, but at the end of a list that was given in an order of its own. */
    private <T extends Candidate> void insert(List<T> chosen, T candidate) {
        int at = chosen.size();
        if (items == null || items.size() == 1) {
            at = 0;
            while (at < chosen.size() && Candidate.compare(chosen.get(at), candidate) < 0) {
                at++;
            }
        }
        chosen.add(at, candidate);
    }

    private static <T extends Candidate> @Nullable T find(List<T> all, String name) {
        for (T candidate : all) {
            if (candidate.isNamed(name)) {
                return candidate;
            }
        }
        return null;
    }

    private void require(String name) {
        if (find(installed, name) != null) {
            return;
        }
        KnownProvider known = KnownProvider.find(name);
        if (known != null) {
            throw new IllegalArgumentException(setting() + " names " + known.name() + ", which is not installed: add "
                    + known.artifact() + " to the class path or module path");
        }
        throw unknown(name, setting());
    }

    private IllegalArgumentException unknown(String name, String where) {
        List<String> names = names();
        List<String> candidates = new ArrayList<>(names);
        for (KnownProvider known : KnownProvider.ALL) {
            candidates.add(known.name());
        }
        String closest = ProviderNames.closest(name, candidates);
        return new IllegalArgumentException(where + " names an unknown credential '" + printable(name) + "'"
                + (closest == null ? "; valid" : "; did you mean " + closest + "? Valid") + " are dev, prod"
                + (names.isEmpty() ? "; no credential is installed" : " and the installed " + join(names)));
    }

    /**
     * Checks a name that a setting is for.
     *
     * @throws IllegalArgumentException if it is neither installed nor known
     */
    void requireKnown(String name, String setting) {
        if (find(installed, name) == null && KnownProvider.find(name) == null) {
            throw unknown(name, setting);
        }
    }

    /** Whether a setting had a say, rather than the lack of modules alone. */
    boolean isRestricted() {
        return items != null || !settings.switches().isEmpty();
    }

    /** The failure of a chain in which the settings leave nothing of what is installed. */
    IllegalStateException nothingLeft() {
        StringBuilder text = new StringBuilder("No credential is left in the chain: installed ");
        text.append(installed.isEmpty() ? "is none" : "are " + join(names()));
        text.append("; selected by ").append(origin);
        List<String> excluded = excluded();
        if (!excluded.isEmpty()) {
            text.append("; excluded in code: ").append(join(excluded));
        }
        return new IllegalStateException(
                text.append(". Select or install another one.").toString());
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (InstalledProvider provider : installed) {
            names.add(provider.name());
        }
        return names;
    }

    private String setting() {
        return settings.sources() != null ? "sources" : settings.variable();
    }

    private String displayName(String name) {
        InstalledProvider provider = find(installed, name);
        if (provider != null) {
            return provider.name();
        }
        KnownProvider known = KnownProvider.find(name);
        return known == null ? name : known.name();
    }

    /** The category that a word means; null when it is a name. */
    static @Nullable Category group(String item) {
        return switch (item.strip().toLowerCase(Locale.ROOT)) {
            case "dev" -> Category.DEVELOPER;
            case "prod" -> Category.DEPLOYED;
            default -> null;
        };
    }

    /** The parts of a list that are separated by commas or semicolons, blank ones left out. */
    static List<String> split(String value) {
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
