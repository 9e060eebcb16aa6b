// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;

/** Rules 6 and 7. */
public final class TypeViolations {
    private TypeViolations() {}

    public static class Wrong implements CredentialProvider {
        @Override
        public TokenCredential create(ProviderContext context) {
            return new Tokens();
        }
    }

    public static final class UnnamedCredentialProvider implements CredentialProvider {
        @Override
        public TokenCredential create(ProviderContext context) {
            return new Tokens();
        }
    }

    public static class Tokens implements TokenCredential {
        @Override
        public AccessToken getToken(TokenRequestContext request) {
            throw new UnsupportedOperationException();
        }
    }

    public static class Open {}
}
