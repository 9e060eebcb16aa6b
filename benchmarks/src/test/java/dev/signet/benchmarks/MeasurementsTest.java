// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.benchmarks.jmh.TenantLookupBenchmark;
import dev.signet.benchmarks.load.Renewal;
import dev.signet.benchmarks.load.Rest;
import dev.signet.benchmarks.load.Stampede;
import dev.signet.benchmarks.load.Subject;
import dev.signet.benchmarks.load.Subjects;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.Reply;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The measurements in small, so that they work on the day they are needed. */
class MeasurementsTest {
    @Test
    void stampede_coldCredential_makesOneRequest() throws Exception {
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            cloud.appService().always(Reply.passThrough().delay(Duration.ofMillis(300)));

            Stampede.Result result =
                    Stampede.run(Subjects.signet(cloud.appService().environment()), 200);

            assertEquals(new Stampede.Result(200, 1), result);
            assertEquals(1, cloud.appService().requests().size());
            cloud.assertNoViolations();
        }
    }

    @Test
    void rest_tokenFromTheNetwork_leavesNoThread() throws Exception {
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            Subject subject = Subjects.signet(cloud.imds().environment());

            Set<String> threads = Rest.newThreads(subject, 0);

            threads.removeIf(name -> name.startsWith("embedded-cloud"));
            assertEquals(Set.of(), threads);
        }
    }

    @Test
    void renewal_freshToken_countsEveryCall() throws Exception {
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            Subject subject = Subjects.signet(cloud.appService().environment());
            long now = System.nanoTime();

            Renewal.Result result =
                    Renewal.run(subject, 3, now, now + Duration.ofMillis(100).toNanos());

            assertEquals(1, result.tokens());
            assertTrue(result.waits().length >= 3, () -> result.waits().length + " calls");
            assertTrue(result.percentile(0.5) <= result.percentile(1));
        }
    }

    @Test
    void tenantLookup_eachTenant_hasToken() throws Exception {
        TenantLookupBenchmark benchmark = new TenantLookupBenchmark();
        benchmark.tenants = 10;
        benchmark.fill();

        assertFalse(benchmark.token().token().isEmpty());
    }

    @Test
    void table_brokenBudget_isMarked() {
        Table table = new Table();
        table.add("kept", "≤ 2", "1", "1,234", 1234.0, true);
        assertFalse(table.failed());

        table.add("broken", "≤ 2", "3", "1", null, false);

        assertTrue(table.failed());
        assertEquals("""
                | what | budget | measured | azure-identity | ratio | verdict |
                |---|---|---|---|---|---|
                | kept | ≤ 2 | 1 | 1,234 | 1,234 × | pass |
                | broken | ≤ 2 | 3 | 1 | – | **FAIL** |""", table.toString());
    }
}
