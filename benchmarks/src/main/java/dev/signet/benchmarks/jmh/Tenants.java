// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.jmh;

import java.util.UUID;

/** Made-up tenants and the assertion that is exchanged for their tokens. */
final class Tenants {
    /** A JWT by its shape; nobody reads it. */
    static final String ASSERTION = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJiZW5jaG1hcmsifQ.c2lnbmF0dXJl";

    /** What an authority answers. */
    static final String TOKEN =
            "{\"token_type\":\"Bearer\",\"expires_in\":86400,\"access_token\":\"" + ASSERTION + "\"}";

    private Tenants() {}

    static String id(int number) {
        return new UUID(0x1234_5678_9abc_4defL, 0x8000_0000_0000_0000L + number).toString();
    }
}
