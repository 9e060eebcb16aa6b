// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The descriptors of all modules: golden files, package names, services, who may require what. */
final class ModuleLayoutTest {
    /**
     * What a module may hand on to its users; everything else is its own business. An adapter also hands on what it
     * adapts to, and does without where its users have another client.
     */
    private static final Set<String> HANDED_ON = Set.of("dev.signet.identity", "dev.signet.identity.msal");

    /** What a module needs for a part of its work only; who has no use for that part need not install it. */
    private static final Map<String, Set<String>> OPTIONAL =
            Map.of("provider-service-principal", Set.of("dev.signet.identity.msal"));

    /** Modules that may require a library, by the start of the library's module name. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("com.fasterxml.jackson.core", Set.of("identity-cli")),
            Map.entry("com.fasterxml.jackson.databind", Set.of("identity-msal", "provider-broker")),
            Map.entry("javamsalruntime", Set.of("provider-broker")),
            Map.entry("com.microsoft.aad", Set.of("identity-msal")),
            Map.entry("com.azure.json", Set.of("identity-msal")),
            Map.entry(
                    "org.slf4j",
                    Set.of(
                            "identity-core",
                            "identity-chain",
                            "identity-msal",
                            "provider-broker",
                            "provider-developer-tools",
                            "provider-interactive",
                            "provider-managed-identity",
                            "provider-service-principal",
                            "token-cache-persistence")),
            Map.entry("msal4j.persistence", Set.of("token-cache-persistence")),
            Map.entry("com.sun.jna", Set.of("token-cache-persistence")),
            Map.entry("ch.qos.logback", Set.of("identity-cli")),
            Map.entry("info.picocli", Set.of("identity-cli")),
            Map.entry("org.junit", Set.of("identity-testkit")));

    static List<String> modules() throws IOException {
        return ProjectFiles.namedModules().stream()
                .filter(module -> !module.equals("benchmarks") && !module.startsWith("examples/"))
                .toList();
    }

    static Stream<ReachableModule> reachable() {
        return ReachableModule.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void descriptor_ofModule_isTheGoldenOne(String module) throws IOException {
        String golden = "identity-chain/src/test/resources/modules/" + module + ".txt";
        List<String> lines = Descriptors.lines(descriptor(module));
        assertEquals(ProjectFiles.read(golden).strip(), String.join("\n", lines), golden);
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void descriptor_built_saysWhatTheSourceSays(ReachableModule module) throws IOException {
        Path sources = ProjectFiles.root().resolve(module.folder()).resolve("src/main/java");
        ModuleDescriptor built = Descriptors.built(module.location());
        ModuleDescriptor source = Descriptors.source(sources);
        assertEquals(Descriptors.lines(source), Descriptors.lines(built));
        assertEquals(source.packages(), built.packages());
        assertEquals(module.name(), built.name());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packages_ofModule_startWithItsName(String module) throws IOException {
        ModuleDescriptor descriptor = descriptor(module);
        assertFalse(descriptor.packages().isEmpty());
        for (String name : descriptor.packages()) {
            assertTrue((name + ".").startsWith(descriptor.name() + "."), name + " in " + descriptor.name());
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packages_ofModule_areInNoOther(String module) throws IOException {
        Map<String, String> owners = new HashMap<>();
        for (String other : modules()) {
            for (String name : descriptor(other).packages()) {
                assertNull(owners.put(name, other), name + " is in two modules");
            }
        }
        assertTrue(owners.containsValue(module));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void servicesFiles_ofModule_equalProvides(String module) throws IOException {
        Map<String, Set<String>> provided = new TreeMap<>();
        for (ModuleDescriptor.Provides provides : descriptor(module).provides()) {
            provided.put(provides.service(), Set.copyOf(provides.providers()));
        }
        Path resources = ProjectFiles.root().resolve(module).resolve("src/main/resources");
        assertEquals(provided, sets(ReachableModule.servicesFiles(resources)));
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void servicesFiles_built_equalProvides(ReachableModule module) throws IOException {
        Map<String, Set<String>> provided = new TreeMap<>();
        for (ModuleDescriptor.Provides provides :
                Descriptors.built(module.location()).provides()) {
            provided.put(provides.service(), Set.copyOf(provides.providers()));
        }
        assertEquals(provided, sets(module.servicesFiles()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void requires_ofModule_areAllowed(String module) throws IOException {
        for (ModuleDescriptor.Requires requires : descriptor(module).requires()) {
            String name = requires.name();
            boolean adapter = module.startsWith("integrations/");
            boolean handedOn = requires.modifiers().contains(Modifier.TRANSITIVE);
            assertTrue(!handedOn || adapter || HANDED_ON.contains(name), module + " hands on " + name);
            boolean tool = name.equals("org.jspecify")
                    || name.startsWith("org.junit")
                    || OPTIONAL.getOrDefault(module, Set.of()).contains(name);
            boolean absent = requires.modifiers().contains(Modifier.STATIC);
            assertTrue(tool == absent || adapter && absent, module + " requires " + name);
            LIBRARIES.forEach((library, users) -> assertTrue(
                    !(name + ".").startsWith(library + ".") || users.contains(module),
                    module + " must not require " + name));
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void opens_ofModule_haveTargets(String module) throws IOException {
        ModuleDescriptor descriptor = descriptor(module);
        assertFalse(descriptor.isOpen());
        descriptor.opens().forEach(opens -> assertTrue(opens.isQualified(), opens.toString()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void exports_ofModule_areUnqualified(String module) throws IOException {
        descriptor(module).exports().forEach(exports -> assertFalse(exports.isQualified(), exports.toString()));
    }

    private static ModuleDescriptor descriptor(String module) throws IOException {
        for (ReachableModule known : ReachableModule.ALL) {
            if (known.folder().equals(module)) {
                return Descriptors.built(known.location());
            }
        }
        return Descriptors.source(ProjectFiles.root().resolve(module).resolve("src/main/java"));
    }

    private static Map<String, Set<String>> sets(Map<String, List<String>> files) {
        Map<String, Set<String>> sets = new TreeMap<>();
        files.forEach((service, lines) -> {
            assertEquals(new HashSet<>(lines).size(), lines.size(), "doubled line in " + service);
            sets.put(service, Set.copyOf(lines));
        });
        return sets;
    }
}
