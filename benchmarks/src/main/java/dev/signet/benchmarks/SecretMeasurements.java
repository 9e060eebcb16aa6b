// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import dev.signet.benchmarks.cold.AzureIdentityProgram;
import dev.signet.benchmarks.cold.BareSecretProgram;
import dev.signet.benchmarks.cold.SignetProgram;
import dev.signet.benchmarks.load.Stampede;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A service principal with a secret: the first token over TLS, and a thousand threads that want it. */
final class SecretMeasurements {
    private static final String BARE = "bare";
    private static final String SIGNET = "class path";
    private static final String AZURE_IDENTITY = "azure-identity";
    private static final double BUDGET = 1.5;
    private static final int TOKEN_LENGTH = 1_500;
    private static final int THREADS = 1_000;
    private static final String TRUST_PASSWORD = "changeit";

    private final Layout layout;
    private final Table table;
    private final int rounds;

    SecretMeasurements(Layout layout, Table table, int rounds) {
        this.layout = layout;
        this.table = table;
        this.rounds = rounds;
    }

    void run() throws IOException, InterruptedException {
        cold();
        stampede();
    }

    private void cold() throws IOException, InterruptedException {
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            Map<String, String> variables = servicePrincipal(cloud);
            cloud.authority().always(token());
            Results<List<String>> programs = new Results<>();
            programs.put(BARE, java(layout.classes().toString(), BareSecretProgram.class));
            programs.put(SIGNET, java(layout.classPath(layout.servicePrincipal()), SignetProgram.class));
            programs.put(AZURE_IDENTITY, java(layout.classPath(layout.azureIdentity()), AzureIdentityProgram.class));
            Turns turns = Turns.take(programs, new ChildJvm(variables), rounds, TOKEN_LENGTH);
            double bare = turns.median(BARE);
            double ours = turns.median(SIGNET);
            double theirs = turns.median(AZURE_IDENTITY);
            table.add(
                    "fresh JVM to a token, whole process: client secret over TLS, class path",
                    "≤ 1.5 × the bare program",
                    Turns.time(ours, bare),
                    Turns.time(theirs, bare),
                    theirs / ours,
                    ours <= BUDGET * bare);
        }
    }

    private void stampede() throws IOException, InterruptedException {
        int ours = stampede("signet", layout.servicePrincipal());
        int theirs = stampede("azure-identity", layout.azureIdentity());
        table.add(
                "1 000 threads, no token yet, client secret, server answers in 300 ms: requests",
                "1",
                Integer.toString(ours),
                Integer.toString(theirs),
                (double) theirs / ours,
                ours == 1);
    }

    private int stampede(String library, List<Path> jars) throws IOException, InterruptedException {
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            Map<String, String> variables = servicePrincipal(cloud);
            cloud.authority().always(Reply.passThrough().delay(Duration.ofMillis(300)));
            List<String> command = java(layout.classPath(jars), Stampede.class);
            command.addAll(List.of(library, Integer.toString(THREADS)));
            ChildJvm.Result result = new ChildJvm(variables).run(command);
            if (result.number("served") != THREADS) {
                throw new IllegalStateException(library + " served " + result.output());
            }
            return cloud.authority().requests().size();
        }
    }

    /** Registers an application and lets the children trust the authority. */
    private Map<String, String> servicePrincipal(EmbeddedCloud cloud) {
        cloud.authority().certificateAuthority().writeTrustStore(trustStore(), TRUST_PASSWORD);
        Application application = cloud.authority()
                .registerApplication(Application.builder("6c1d8f1e-2b0a-4f7d-9c55-3e1f0a7b9d20")
                        .secret("benchmark-secret")
                        .build());
        return cloud.authority().environment(application);
    }

    private Path trustStore() {
        return layout.target().resolve("trust.p12");
    }

    private List<String> java(String classPath, Class<?> program) {
        return ChildJvm.java(
                "-Djavax.net.ssl.trustStore=" + trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + TRUST_PASSWORD,
                "-cp",
                classPath,
                program.getName());
    }

    private static Reply token() {
        return Reply.json(
                200,
                "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":3599,\"access_token\":\""
                        + "t".repeat(TOKEN_LENGTH) + "\"}");
    }
}
