// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the installed credentials in order, stays with the first that gives a token, and can say what it did. The
 * same code works on a laptop and in the cloud: what is tried depends on the provider jars that are there and on
 * {@code AZURE_TOKEN_CREDENTIALS}. Thread-safe; make one and share it.
 *
 * @since 0.1.0
 */
public final class DefaultAzureCredential implements TokenCredential {
    static final String NAME = "DefaultAzureCredential";

    private static final Logger LOG = LoggerFactory.getLogger("dev.signet.identity.chain");

    private final Chain chain;
    private final Selection selection;
    private final ProviderDiscovery discovery;

    DefaultAzureCredential(Chain chain, Selection selection, ProviderDiscovery discovery) {
        this.chain = chain;
        this.selection = selection;
        this.discovery = discovery;
        if (LOG.isDebugEnabled()) {
            LOG.debug("{}: {}, tried in this order: {}", NAME, selection.origin(), selection.selected());
            for (InstalledProvider provider : selection.selected()) {
                LOG.debug("{} {} from {}", provider, provider.version().orElse(""), provider.location());
            }
            for (KnownProvider missing : discovery.missing()) {
                LOG.debug("{}: {} is not installed: {}", NAME, missing.name(), missing.artifact());
            }
            LOG.debug("{}: excluded in code: {}", NAME, selection.excluded());
            for (String problem : discovery.problems()) {
                LOG.debug("{}: a provider was not loaded: {}", NAME, problem);
            }
        }
    }

    /**
     * The chain of what is installed, with settings from the environment alone. No I/O is done.
     *
     * @return a new chain
     * @throws IllegalArgumentException if {@code AZURE_TOKEN_CREDENTIALS} or another variable is malformed
     * @throws IllegalStateException if nothing is left to try, or two installed providers share a name
     */
    public static DefaultAzureCredential create() {
        return builder().build();
    }

    /**
     * Starts a chain with settings of its own.
     *
     * @return a builder
     */
    public static DefaultAzureCredentialBuilder builder() {
        return new DefaultAzureCredentialBuilder();
    }

    /**
     * Returns a token of the credential that won, or of the first that has one.
     *
     * @throws dev.signet.identity.CredentialUnavailableException if all are unavailable; the message is the report
     * @throws dev.signet.identity.ClientAuthenticationException if one was refused; the message is the report
     */
    @Override
    public AccessToken getToken(TokenRequestContext request) {
        return chain.getToken(request);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenAsync(TokenRequestContext request) {
        return chain.getTokenAsync(request);
    }

    /**
     * The credential that won.
     *
     * @return its name; empty before the first token
     */
    public Optional<String> selectedCredentialName() {
        Link winner = chain.winner();
        return winner == null ? Optional.empty() : Optional.of(winner.name());
    }

    /**
     * What the last walk did, also when it gave a token.
     *
     * @return the report; empty before the first walk
     */
    public Optional<ChainReport> lastReport() {
        return Optional.ofNullable(chain.lastReport());
    }

    /**
     * Says what the chain would do, without a request, a process or a prompt.
     *
     * @return every installed and every known credential
     */
    public ChainExplanation explain() {
        List<Link> links = chain.links();
        return new Explainer(selection, discovery, links).explain();
    }

    /**
     * Tries every credential of the chain, also behind the first that gives a token. For diagnosis: what the chain
     * returns later is not changed by it.
     *
     * @param request what to ask each for
     * @return the report
     */
    public ChainReport diagnose(TokenRequestContext request) {
        return chain.diagnose(request);
    }

    /** Closes all credentials of the chain. */
    @Override
    public void close() {
        chain.close();
    }

    @Override
    public String toString() {
        return NAME + chain.links();
    }
}
