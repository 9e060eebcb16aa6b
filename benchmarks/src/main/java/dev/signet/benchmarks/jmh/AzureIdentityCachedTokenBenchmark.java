// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.jmh;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same as {@link CachedTokenBenchmark}, with azure-identity. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AzureIdentityCachedTokenBenchmark {
    private final TokenRequestContext request =
            new TokenRequestContext().addScopes("https://management.azure.com/.default");
    private final DefaultAzureCredential credential = new DefaultAzureCredentialBuilder().build();

    /** Gets the token that is returned from then on. */
    @Setup
    public void fill() {
        credential.getTokenSync(request);
    }

    /**
     * The call that is measured.
     *
     * @return the token
     */
    @Benchmark
    public AccessToken token() {
        return credential.getTokenSync(request);
    }
}
