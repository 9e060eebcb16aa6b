// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.jmh;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ClientAssertionCredential;
import com.azure.identity.ClientAssertionCredentialBuilder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same as {@link TenantLookupBenchmark}, with azure-identity's own assertion credential. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AzureIdentityTenantLookupBenchmark {
    /** How many tenants have a token. */
    @Param({"100", "1000", "5000"})
    public int tenants;

    private final ClientAssertionCredential credential = new ClientAssertionCredentialBuilder()
            .tenantId(Tenants.id(0))
            .clientId("11111111-2222-3333-4444-555555555555")
            .clientAssertion(() -> Tenants.ASSERTION)
            .additionallyAllowedTenants("*")
            .disableInstanceDiscovery()
            .httpClient(new MemoryHttpClient())
            .build();
    private TokenRequestContext[] requests = new TokenRequestContext[0];
    private int next;

    /** Gets a token for every tenant. */
    @Setup
    public void fill() {
        requests = new TokenRequestContext[tenants];
        for (int i = 0; i < tenants; i++) {
            requests[i] = new TokenRequestContext()
                    .addScopes("https://management.azure.com/.default")
                    .setTenantId(Tenants.id(i));
            credential.getTokenSync(requests[i]);
        }
    }

    /**
     * The call that is measured.
     *
     * @return the token of the next tenant
     */
    @Benchmark
    public AccessToken token() {
        next = next + 1 == tenants ? 0 : next + 1;
        return credential.getTokenSync(requests[next]);
    }
}
