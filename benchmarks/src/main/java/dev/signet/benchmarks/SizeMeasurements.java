// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an application ships. */
final class SizeMeasurements {
    /** 250 KB of ours and 700 KB of others' were planned; reading JSON ourselves moved the border. */
    private static final long BYTES = 400_000;

    private static final double IMAGE_MEGABYTES = 38;

    private final Layout layout;
    private final Table table;

    SizeMeasurements(Layout layout, Table table) {
        this.layout = layout;
        this.table = table;
    }

    void run() throws IOException {
        List<Path> jars = layout.signet();
        long own = 0;
        long others = 0;
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            if (name.startsWith("identity-") || name.startsWith("provider-")) {
                own += Files.size(jar);
            } else {
                others += Files.size(jar);
            }
        }
        long theirs = 0;
        for (Path jar : layout.azureIdentity()) {
            theirs += Files.size(jar);
        }
        table.add(
                "jars of a managed-identity application, first-party + third-party",
                "≤ 400 KB together",
                kilobytes(own) + " + " + kilobytes(others) + " in " + jars.size() + " jars",
                kilobytes(theirs) + " in " + layout.azureIdentity().size() + " jars",
                (double) theirs / (own + others),
                own + others <= BYTES);
        double image = size(layout.image()) / 1e6;
        boolean floor = Runtime.version().feature() == 17;
        table.add(
                "jlink image with the managed-identity family, JDK "
                        + Runtime.version().feature(),
                floor ? "≤ 38 MB" : "–",
                Table.number(image) + " MB",
                "cannot be linked",
                null,
                floor ? image <= IMAGE_MEGABYTES : null);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long size = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
            return size;
        }
    }

    private static String kilobytes(long bytes) {
        return Table.number(Math.rint(bytes / 1e3)) + " KB";
    }
}
