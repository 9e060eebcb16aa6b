// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Module descriptors: read from what was built, or from the source of a module that is built later. */
final class Descriptors {
    private Descriptors() {}

    /** The descriptor with the packages of a jar or a folder of classes. */
    static ModuleDescriptor built(Path location) {
        return ModuleFinder.of(location).findAll().iterator().next().descriptor();
    }

    /** The descriptor as its source says it; knows nothing of packages that are not exported. */
    static ModuleDescriptor source(Path sources) throws IOException {
        String text = Files.readString(sources.resolve("module-info.java"))
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("//[^\n]*", "");
        int brace = text.indexOf('{');
        String[] head = text.substring(0, brace).strip().split("\\s+");
        ModuleDescriptor.Builder module = ModuleDescriptor.newModule(head[head.length - 1]);
        module.requires(Set.of(ModuleDescriptor.Requires.Modifier.MANDATED), "java.base");
        for (String statement : text.substring(brace + 1, text.lastIndexOf('}')).split(";", -1)) {
            if (!statement.isBlank()) {
                add(module, List.of(statement.strip().split("[\\s,]+")));
            }
        }
        return module.packages(packages(sources)).build();
    }

    private static void add(ModuleDescriptor.Builder module, List<String> words) {
        String last = words.get(words.size() - 1);
        Set<String> others = words.size() > 3 ? Set.copyOf(words.subList(3, words.size())) : Set.of();
        switch (words.get(0)) {
            case "requires" -> module.requires(modifiers(words.subList(1, words.size() - 1)), last);
            case "exports" -> export(module, words.get(1), others);
            case "opens" -> open(module, words.get(1), others);
            case "uses" -> module.uses(last);
            case "provides" -> module.provides(words.get(1), words.subList(3, words.size()));
            default -> throw new AssertionError("unknown directive " + words);
        }
    }

    private static void export(ModuleDescriptor.Builder module, String name, Set<String> targets) {
        if (targets.isEmpty()) {
            module.exports(name);
        } else {
            module.exports(name, targets);
        }
    }

    private static void open(ModuleDescriptor.Builder module, String name, Set<String> targets) {
        if (targets.isEmpty()) {
            module.opens(name);
        } else {
            module.opens(name, targets);
        }
    }

    private static Set<ModuleDescriptor.Requires.Modifier> modifiers(List<String> words) {
        Set<ModuleDescriptor.Requires.Modifier> modifiers = EnumSet.noneOf(ModuleDescriptor.Requires.Modifier.class);
        for (String word : words) {
            modifiers.add(ModuleDescriptor.Requires.Modifier.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return modifiers;
    }

    private static Set<String> packages(Path sources) throws IOException {
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.toList()) {
                Path folder = sources.relativize(file.getParent() == null ? file : file.getParent());
                if (file.toString().endsWith(".java") && !folder.toString().isEmpty()) {
                    packages.add(folder.toString().replace('/', '.').replace('\\', '.'));
                }
            }
        }
        return packages;
    }

    /** One line per directive, sorted. */
    static List<String> lines(ModuleDescriptor module) {
        List<String> lines = new ArrayList<>();
        lines.add("module " + module.name() + (module.isOpen() ? " (open)" : ""));
        Set<String> directives = new TreeSet<>();
        for (ModuleDescriptor.Requires requires : module.requires()) {
            directives.add("requires" + words(new TreeSet<>(requires.modifiers())) + " " + requires.name());
        }
        for (ModuleDescriptor.Exports exports : module.exports()) {
            directives.add("exports " + exports.source() + to(exports.targets()));
        }
        for (ModuleDescriptor.Opens opens : module.opens()) {
            directives.add("opens " + opens.source() + to(opens.targets()));
        }
        for (String service : module.uses()) {
            directives.add("uses " + service);
        }
        for (ModuleDescriptor.Provides provides : module.provides()) {
            for (String provider : provides.providers()) {
                directives.add("provides " + provides.service() + " with " + provider);
            }
        }
        lines.addAll(directives);
        return lines;
    }

    private static String words(Collection<ModuleDescriptor.Requires.Modifier> modifiers) {
        StringBuilder text = new StringBuilder();
        for (ModuleDescriptor.Requires.Modifier modifier : modifiers) {
            text.append(' ').append(modifier.name().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    private static String to(Set<String> targets) {
        return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
    }
}
