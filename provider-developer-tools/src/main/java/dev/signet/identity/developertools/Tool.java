// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.Readiness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tool that somebody is signed in to. */
interface Tool {
    String credentialName();

    /**
     * Looks at a request before anything else is done.
     *
     * @throws IllegalArgumentException if this tool cannot be asked so
     */
    void check(TokenRequestContext request);

    /** Asks the tool; without a tenant it uses its own. */
    AccessToken fetch(TokenRequestContext request, @Nullable String tenant);

    /** Whether the tool is here. */
    Readiness explain();

    /** The files that change when somebody else signs in, and not with each token. */
    List<String> signInFiles();
}
