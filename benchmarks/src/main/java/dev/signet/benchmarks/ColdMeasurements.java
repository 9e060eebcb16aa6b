// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import dev.signet.benchmarks.cold.AzureIdentityProgram;
import dev.signet.benchmarks.cold.BareProgram;
import dev.signet.benchmarks.cold.SignetDirectProgram;
import dev.signet.benchmarks.cold.SignetProgram;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.ExpiryFormat;
import dev.signet.identity.testkit.HostedEndpoint;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TokenBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whole processes, from nothing to one token. The programs take turns, so that a noisy moment hits them alike. */
final class ColdMeasurements {
    private static final String BARE = "bare";
    private static final String AZURE_IDENTITY = "azure-identity";
    private static final String CLASS_PATH = "class path";
    private static final double BUDGET = 2.0;
    private static final long CLASSES_BUDGET = 1_300;
    private static final int TOKEN_LENGTH = 1_500;
    private static final Duration DAY = Duration.ofDays(1);

    private final Layout layout;
    private final Table table;
    private final int rounds;

    ColdMeasurements(Layout layout, Table table, int rounds) {
        this.layout = layout;
        this.table = table;
        this.rounds = rounds;
    }

    void run() throws IOException, InterruptedException {
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            measure("App Service", cloud.appService());
            measure("IMDS", cloud.imds());
            countClasses(cloud.appService());
        }
    }

    private Results<List<String>> programs() throws IOException {
        String signet = layout.classPath(layout.signet());
        String name = SignetProgram.class.getName();
        Results<List<String>> programs = new Results<>();
        programs.put(BARE, ChildJvm.java("-cp", layout.classes().toString(), BareProgram.class.getName()));
        programs.put(CLASS_PATH, ChildJvm.java("-cp", signet, name));
        programs.put(
                "class path, credential without a chain",
                ChildJvm.java("-cp", signet, SignetDirectProgram.class.getName()));
        programs.put(
                "module path",
                ChildJvm.java(
                        "-p",
                        Layout.path(layout.signet()),
                        "--add-modules",
                        "dev.signet.identity.chain",
                        "-cp",
                        layout.classes().toString(),
                        name));
        programs.put(
                "jlink image",
                ChildJvm.launcher(layout.image(), "-cp", layout.classes().toString(), name));
        programs.put(
                AZURE_IDENTITY,
                ChildJvm.java("-cp", layout.classPath(layout.azureIdentity()), AzureIdentityProgram.class.getName()));
        return programs;
    }

    /** A ready answer, so that the server's work is out of the picture, whatever path a client spells. */
    private static Reply dayLong() {
        return Reply.token(TokenBody.of("t".repeat(TOKEN_LENGTH))
                .withText("resource", "https://management.azure.com")
                .expiresIn(DAY.toSeconds())
                .expiresOn(Instant.now().plus(DAY), ExpiryFormat.EPOCH_STRING));
    }

    private void measure(String source, HostedEndpoint host) throws IOException, InterruptedException {
        host.always(dayLong());
        Turns turns = Turns.take(programs(), new ChildJvm(host.environment()), rounds, TOKEN_LENGTH);
        double bare = turns.median(BARE);
        double theirs = turns.median(AZURE_IDENTITY);
        for (String program : turns.programs()) {
            if (!program.equals(BARE) && !program.equals(AZURE_IDENTITY)) {
                double ours = turns.median(program);
                table.add(
                        "fresh JVM to a token, whole process: " + source + ", " + program,
                        program.equals(CLASS_PATH) ? "≤ 2.0 × the bare program" : "–",
                        Turns.time(ours, bare),
                        Turns.time(theirs, bare),
                        theirs / ours,
                        program.equals(CLASS_PATH) ? ours <= BUDGET * bare : null);
            }
        }
    }

    private void countClasses(HostedEndpoint host) throws IOException, InterruptedException {
        Results<Long> classes = new Results<>();
        Path log = layout.target().resolve("classes.log");
        Results<List<String>> programs = programs();
        for (String program : List.of(BARE, CLASS_PATH, AZURE_IDENTITY)) {
            List<String> command = new ArrayList<>(programs.get(program));
            command.add(1, "-Xlog:class+load:file=" + log);
            new ChildJvm(host.environment()).run(command);
            try (Stream<String> lines = Files.lines(log)) {
                classes.put(
                        program,
                        lines.filter(line -> line.contains(" source: ")).count());
            }
        }
        long ours = classes.get(CLASS_PATH);
        table.add(
                "classes loaded for that token (the bare program: " + Table.number(classes.get(BARE)) + ")",
                "≤ 1 300",
                Table.number((double) ours),
                Table.number(classes.get(AZURE_IDENTITY)),
                (double) classes.get(AZURE_IDENTITY) / ours,
                ours <= CLASSES_BUDGET);
    }
}
