// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import dev.signet.identity.testkit.EmbeddedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JMH, with its allocation profiler. */
final class WarmMeasurements {
    private static final double CACHED_BUDGET = 50;
    private static final double LOOKUP_BUDGET = 300;
    private static final List<String> THOROUGH = List.of("-f", "2", "-wi", "5", "-w", "1", "-i", "5", "-r", "1");
    private static final List<String> QUICK = List.of("-f", "1", "-wi", "2", "-w", "1", "-i", "2", "-r", "1");

    private final Layout layout;
    private final Table table;
    private final boolean quick;

    WarmMeasurements(Layout layout, Table table, boolean quick) {
        this.layout = layout;
        this.table = table;
        this.quick = quick;
    }

    void run() throws IOException, InterruptedException {
        Results<Double> ours = jmh(layout.signet(), "jmh.CachedToken|jmh.TenantLookup");
        Results<Double> secrets = jmh(layout.servicePrincipal(), "jmh.CachedSecret");
        Results<Double> theirs = jmh(layout.azureIdentity(), "jmh.AzureIdentity");
        for (String links : List.of("1", "2")) {
            cached("DefaultAzureCredential, links: " + links, "CachedTokenBenchmark.token", ours, links, theirs);
        }
        cached("ClientSecretCredential", "CachedSecretBenchmark.token", secrets, "", theirs);
        for (String tenants : List.of("100", "1000", "10000")) {
            lookup(tenants, ours, theirs);
        }
    }

    private void cached(String what, String benchmark, Results<Double> ours, String parameter, Results<Double> theirs) {
        double nanos = ours.get(benchmark + " " + parameter);
        double bytes = ours.get(benchmark + ":gc.alloc.rate.norm " + parameter);
        double theirNanos = theirs.get("AzureIdentityCachedTokenBenchmark.token ");
        double theirBytes = theirs.get("AzureIdentityCachedTokenBenchmark.token:gc.alloc.rate.norm ");
        table.add(
                "cached `getToken` through " + what,
                "≤ 50 ns, 0 B",
                cost(nanos, bytes),
                cost(theirNanos, theirBytes),
                theirNanos / nanos,
                nanos <= CACHED_BUDGET && Math.rint(bytes) == 0);
    }

    private void lookup(String tenants, Results<Double> ours, Results<Double> theirs) {
        boolean most = tenants.equals("10000");
        String theirTenants = most ? "5000" : tenants;
        double nanos = ours.get("TenantLookupBenchmark.token " + tenants);
        double bytes = ours.get("TenantLookupBenchmark.token:gc.alloc.rate.norm " + tenants);
        double theirNanos = theirs.get("AzureIdentityTenantLookupBenchmark.token " + theirTenants);
        double theirBytes = theirs.get("AzureIdentityTenantLookupBenchmark.token:gc.alloc.rate.norm " + theirTenants);
        table.add(
                "cached lookup among tenants: " + Table.number(Integer.parseInt(tenants)),
                most ? "≤ 300 ns" : "flat",
                cost(nanos, bytes),
                cost(theirNanos, theirBytes) + (most ? " (5,000 tenants)" : ""),
                theirNanos / nanos,
                most ? nanos <= LOOKUP_BUDGET : null);
    }

    /** Runs benchmarks and returns their scores by name and parameter. */
    private Results<Double> jmh(List<Path> library, String include) throws IOException, InterruptedException {
        List<Path> jars = new ArrayList<>(layout.jmh());
        jars.addAll(library);
        Path file = layout.target().resolve("jmh.csv");
        List<String> command = ChildJvm.java("-cp", layout.classPath(jars), "org.openjdk.jmh.Main", include);
        command.addAll(quick ? QUICK : THOROUGH);
        command.addAll(List.of("-prof", "gc", "-rf", "csv", "-rff", file.toString(), "-foe", "true"));
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            new ChildJvm(cloud.appService().environment()).run(command);
        }
        Results<Double> scores = new Results<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.replace("\"", "").split(",", -1);
            String name = cells[0].substring(cells[0].lastIndexOf("jmh.") + 4).replace(":·", ":");
            if (!name.equals("Benchmark") && !cells[4].equals("Score")) {
                // one column for each parameter of any benchmark, empty where it has none
                String parameters = String.join("", List.of(cells).subList(7, cells.length));
                scores.put(name + " " + parameters, Double.valueOf(cells[4]));
            }
        }
        return scores;
    }

    private static String cost(double nanos, double bytes) {
        return Table.number(nanos) + " ns, " + Table.number(Math.rint(bytes)) + " B";
    }
}
