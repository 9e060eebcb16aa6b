// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures everything and prints one table. */
public final class Main {
    private static final int ROUNDS = 21;
    private static final int QUICK_ROUNDS = 5;

    private Main() {}

    /**
     * Runs; the exit status is 1 when a budget is broken.
     *
     * @param args the build folder, then {@code --quick} for short runs, then the groups to measure: {@code size},
     *     {@code load}, {@code cold}, {@code secret}, {@code warm}; all unless named
     * @throws IOException if a measured program fails
     * @throws InterruptedException if it is told to stop
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Layout layout = new Layout(Path.of(args[0]));
        List<String> options = List.of(args).subList(1, args.length);
        boolean quick = options.contains("--quick");
        boolean all = options.stream().allMatch("--quick"::equals);
        Table table = new Table();
        if (all || options.contains("size")) {
            new SizeMeasurements(layout, table).run();
        }
        if (all || options.contains("cold")) {
            new ColdMeasurements(layout, table, quick ? QUICK_ROUNDS : ROUNDS).run();
        }
        if (all || options.contains("secret")) {
            new SecretMeasurements(layout, table, quick ? QUICK_ROUNDS : ROUNDS).run();
        }
        if (all || options.contains("load")) {
            new LoadMeasurements(layout, table).run();
        }
        if (all || options.contains("warm")) {
            new WarmMeasurements(layout, table, quick).run();
        }
        System.out.println(table);
        System.out.println();
        System.out.println("Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors"
                + (quick ? "; a quick run, its numbers are rough" : ""));
        System.exit(table.failed() ? 1 : 0);
    }
}
