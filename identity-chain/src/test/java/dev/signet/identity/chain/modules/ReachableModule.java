// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A module that these tests can load classes of, found through one class that everybody knows. */
record ReachableModule(String folder, String name, String knownClass, int atLeastClasses) {
    static final ReachableModule API =
            new ReachableModule("identity-api", "dev.signet.identity", "TokenCredential", 30);
    static final ReachableModule CORE =
            new ReachableModule("identity-core", "dev.signet.identity.core", "StandardContext", 30);
    static final ReachableModule MSAL =
            new ReachableModule("identity-msal", "dev.signet.identity.msal", "UserClient", 25);
    static final ReachableModule CHAIN =
            new ReachableModule("identity-chain", "dev.signet.identity.chain", "DefaultAzureCredential", 25);
    static final ReachableModule MANAGED_IDENTITY = new ReachableModule(
            "provider-managed-identity", "dev.signet.identity.managedidentity", "ManagedIdentityCredential", 40);
    static final ReachableModule SERVICE_PRINCIPAL = new ReachableModule(
            "provider-service-principal", "dev.signet.identity.serviceprincipal", "EnvironmentCredential", 30);
    static final ReachableModule BROKER =
            new ReachableModule("provider-broker", "dev.signet.identity.broker", "BrokerCredential", 25);
    static final ReachableModule DEVELOPER_TOOLS = new ReachableModule(
            "provider-developer-tools", "dev.signet.identity.developertools", "AzureCliCredential", 25);
    static final ReachableModule INTERACTIVE = new ReachableModule(
            "provider-interactive", "dev.signet.identity.interactive", "InteractiveBrowserCredential", 30);
    static final ReachableModule TESTKIT =
            new ReachableModule("identity-testkit", "dev.signet.identity.testkit", "EmbeddedCloud", 50);

    static final List<ReachableModule> FAMILIES =
            List.of(MANAGED_IDENTITY, SERVICE_PRINCIPAL, BROKER, DEVELOPER_TOOLS, INTERACTIVE);

    /** What a managed-identity application takes. */
    static final List<ReachableModule> SLIM = List.of(API, CORE, CHAIN, MANAGED_IDENTITY);

    static final List<ReachableModule> ALL = List.of(
            API, CORE, MSAL, CHAIN, MANAGED_IDENTITY, SERVICE_PRINCIPAL, BROKER, DEVELOPER_TOOLS, INTERACTIVE, TESTKIT);

    /** Loads the known class by its name, since the chain's module reads no family. */
    Class<?> known() {
        try {
            return Class.forName(name + "." + knownClass);
        } catch (ClassNotFoundException absent) {
            throw new AssertionError(folder + " is not installed", absent);
        }
    }

    /** The jar, or the folder of classes in a build that does not package. */
    Path location() {
        try {
            return Path.of(
                    known().getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** The files under META-INF/services: service name to the lines of the file. */
    Map<String, List<String>> servicesFiles() throws IOException {
        if (Files.isDirectory(location())) {
            return servicesFiles(location());
        }
        try (FileSystem jar = FileSystems.newFileSystem(location())) {
            return servicesFiles(jar.getPath("/"));
        }
    }

    static Map<String, List<String>> servicesFiles(Path root) throws IOException {
        Map<String, List<String>> services = new TreeMap<>();
        Path folder = root.resolve("META-INF").resolve("services");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    List<String> lines = new ArrayList<>(Files.readAllLines(file));
                    services.put(file.getFileName().toString(), lines);
                }
            }
        }
        return services;
    }

    @Override
    public String toString() {
        return folder;
    }
}
