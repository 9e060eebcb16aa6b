// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.jmh;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.chain.DefaultAzureCredentialBuilder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A token from memory through the chain, once managed identity has won. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CachedTokenBenchmark {
    /** How many credentials the chain has. */
    @Param({"1", "2"})
    public int links;

    private final TokenRequestContext request = TokenRequestContext.of("https://management.azure.com/.default");
    private DefaultAzureCredential credential = DefaultAzureCredential.create();

    /** Gets the token that is returned from then on. */
    @Setup
    public void fill() {
        DefaultAzureCredentialBuilder builder = DefaultAzureCredential.builder();
        if (links == 1) {
            builder.sources("ManagedIdentityCredential");
        }
        credential = builder.build();
        credential.getToken(request);
    }

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
