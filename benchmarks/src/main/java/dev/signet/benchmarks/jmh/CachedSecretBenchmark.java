// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.jmh;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.StandardContext;
import dev.signet.identity.serviceprincipal.ClientSecretCredential;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A token from memory for a client secret. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CachedSecretBenchmark {
    private final TokenRequestContext request = TokenRequestContext.of("https://management.azure.com/.default");
    private final ClientSecretCredential credential = ClientSecretCredential.builder()
            .tenantId(Tenants.id(0))
            .clientId("11111111-2222-3333-4444-555555555555")
            .clientSecret("benchmark-secret")
            .context(StandardContext.builder().transport(new MemoryTransport()).build())
            .build();

    /**
     * The call that is measured.
     *
     * @return the token
     */
    @Benchmark
    public AccessToken token() {
        return credential.getToken(request);
    }
}
