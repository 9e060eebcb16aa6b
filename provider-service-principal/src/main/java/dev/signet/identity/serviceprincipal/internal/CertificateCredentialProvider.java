// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal.internal;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.serviceprincipal.CertificateCredential;
import dev.signet.identity.spi.Category;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.ProviderInfo;
import java.util.List;

/** Makes {@link CertificateCredential}s from the variables of an application with a certificate. */
@ProviderInfo(name = "CertificateCredential", category = Category.ON_REQUEST, order = 120)
public final class CertificateCredentialProvider implements CredentialProvider {
    /** Does nothing. */
    public CertificateCredentialProvider() {}

    @Override
    public TokenCredential create(ProviderContext context) {
        CertificateCredential.Builder builder =
                CertificateCredential.builder().context(context).fromEnvironment();
        List<String> missing = builder.missing();
        if (!missing.isEmpty()) {
            throw new CredentialUnavailableException(
                    "CertificateCredential",
                    String.join(", ", missing) + " not set",
                    "Set them, or give the values in code.");
        }
        return builder.build();
    }
}
