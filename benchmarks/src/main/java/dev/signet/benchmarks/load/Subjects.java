// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.load;

import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.spi.Environment;
import java.util.Map;

/** Makes the credentials that the load programs drive. */
public final class Subjects {
    static final String SCOPE = "https://management.azure.com/.default";

    private Subjects() {}

    /**
     * Makes a credential.
     *
     * @param library {@code signet} or {@code azure-identity}
     * @return its default chain, in the JVM's environment
     */
    public static Subject named(String library) {
        return switch (library) {
            case "signet" -> signet(System.getenv());
            case "azure-identity" -> AzureIdentitySubject.create();
            default -> throw new IllegalArgumentException("unknown library " + library);
        };
    }

    /**
     * Makes a default chain.
     *
     * @param variables the environment it sees
     * @return the chain
     */
    public static Subject signet(Map<String, String> variables) {
        DefaultAzureCredential credential = DefaultAzureCredential.builder()
                .environment(Environment.of(variables))
                .build();
        TokenRequestContext request = TokenRequestContext.of(SCOPE);
        return () -> credential.getToken(request).token();
    }
}
