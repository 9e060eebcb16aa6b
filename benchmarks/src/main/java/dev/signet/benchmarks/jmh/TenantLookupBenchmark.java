// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.jmh;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.managedidentity.WorkloadIdentityCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A token from memory for one of many tenants, each in its turn. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TenantLookupBenchmark {
    /** How many tenants have a token. */
    @Param({"100", "1000", "10000"})
    public int tenants;

    private TokenRequestContext[] requests = new TokenRequestContext[0];
    private WorkloadIdentityCredential credential = withTransport(Path.of("unused"));
    private int next;

    private static WorkloadIdentityCredential withTransport(Path assertion) {
        return WorkloadIdentityCredential.builder()
                .tenantId(Tenants.id(0))
                .clientId("11111111-2222-3333-4444-555555555555")
                .tokenFilePath(assertion)
                .additionallyAllowedTenants(List.of("*"))
                .context(StandardContext.builder()
                        .transport(new MemoryTransport())
                        .instanceDiscoveryDisabled(true)
                        .build())
                .build();
    }

    /**
     * Gets a token for every tenant.
     *
     * @throws IOException if the assertion cannot be written
     */
    @Setup
    public void fill() throws IOException {
        Path assertion = Files.createTempFile("assertion", ".jwt");
        Files.writeString(assertion, Tenants.ASSERTION);
        credential = withTransport(assertion);
        requests = new TokenRequestContext[tenants];
        for (int i = 0; i < tenants; i++) {
            requests[i] = TokenRequestContext.of("https://management.azure.com/.default")
                    .withTenantId(Tenants.id(i));
            credential.getToken(requests[i]);
        }
        Files.delete(assertion);
    }

    /**
     * The call that is measured.
     *
     * @return the token of the next tenant
     */
    @Benchmark
    public AccessToken token() {
        next = next + 1 == tenants ? 0 : next + 1;
        return credential.getToken(requests[next]);
    }
}
