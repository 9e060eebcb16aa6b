// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Secret;
import dev.signet.identity.core.ClientProofSource;
import dev.signet.identity.core.EntraTokens;
import dev.signet.identity.core.TenantPolicy;
import dev.signet.identity.core.TokenCache;
import dev.signet.identity.core.TokenSource;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the environment says of an application: the first complete set of variables, or what is missing. */
final class EnvironmentSettings {
    private static final String TENANT = "AZURE_TENANT_ID";
    private static final String CLIENT = "AZURE_CLIENT_ID";
    private static final String SECRET = "AZURE_CLIENT_SECRET";
    private static final String USER_NAME = "AZURE_USERNAME";
    private static final String PASSWORD_OF_USER = "AZURE_PASSWORD";
    private static final String REMEDY =
            "Set them, or with a certificate AZURE_CLIENT_CERTIFICATE_PATH in place of the" + " secret.";
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentSettings.class.getPackageName());

    /** The sets of variables, tried in this order. */
    private enum Kind {
        SECRET_OF_CLIENT,
        CERTIFICATE,
        USER;

        List<String> variables() {
            return switch (this) {
                case SECRET_OF_CLIENT -> List.of(TENANT, CLIENT, SECRET);
                case CERTIFICATE -> List.of(TENANT, CLIENT, CertificateVariables.PATH);
                case USER -> List.of(CLIENT, USER_NAME, PASSWORD_OF_USER);
            };
        }

        String words() {
            return switch (this) {
                case SECRET_OF_CLIENT -> "client secret";
                case CERTIFICATE -> "certificate";
                case USER -> "user name and password";
            };
        }
    }

    private final ProviderContext context;
    private final Environment environment;
    private final @Nullable Kind chosen;
    private final AtomicBoolean told = new AtomicBoolean();

    EnvironmentSettings(ProviderContext context) {
        this.context = context;
        this.environment = context.environment();
        this.chosen = firstComplete();
    }

    /**
     * The tokens of the application; null when the variables describe none.
     *
     * @throws IllegalArgumentException if a variable is malformed
     */
    @Nullable
    EntraTokens tokens() {
        if (chosen == null) {
            return null;
        }
        if (chosen == Kind.USER) {
            return userTokens();
        }
        ApplicationBuilder settings = new ApplicationBuilder();
        settings.variables = "AZURE_";
        return settings.tokens(EnvironmentCredential.NAME, context, proofs(chosen));
    }

    private EntraTokens userTokens() {
        String tenant = context.tenantId().or(() -> environment.get(TENANT)).orElse("organizations");
        TenantPolicy tenants = TenantPolicy.of(EnvironmentCredential.NAME, tenant, context, LOG);
        TokenSource login;
        try {
            login = PasswordLogin.of(
                    context,
                    tenants,
                    context.clientId().or(() -> environment.get(CLIENT)).orElseThrow(),
                    environment.get(USER_NAME).orElseThrow(),
                    Secret.of(environment.get(PASSWORD_OF_USER).orElseThrow()));
        } catch (NoClassDefFoundError notInstalled) {
            throw new IllegalArgumentException(
                    USER_NAME + " and " + PASSWORD_OF_USER + " need a module that is not installed: add"
                            + " dev.signet:identity-msal to the class path or module path, or use a client secret",
                    notInstalled);
        }
        return new EntraTokens(tenants, TokenCache.of(EnvironmentCredential.NAME, context, login, LOG));
    }

    private ClientProofSource proofs(Kind kind) {
        if (kind == Kind.SECRET_OF_CLIENT) {
            return new FixedSecret(Secret.of(environment.get(SECRET).orElseThrow()));
        }
        ClientCertificate certificate = CertificateVariables.certificate(environment);
        if (certificate == null) {
            throw new IllegalStateException("the set of variables is not complete");
        }
        return new CertificateProofs(EnvironmentCredential.NAME, certificate, context.clock());
    }

    CredentialUnavailableException unavailable() {
        return new CredentialUnavailableException(
                EnvironmentCredential.NAME, String.join(", ", missing(closest())) + " not set", REMEDY);
    }

    Readiness readiness() {
        return chosen == null
                ? new Readiness(
                        Readiness.Status.NOT_CONFIGURED, String.join(", ", missing(closest())) + " not set", REMEDY)
                : new Readiness(Readiness.Status.CONFIGURED, chosen.words(), "");
    }

    /** Says once what somebody may have meant otherwise: a set that is almost complete, or one that is shadowed. */
    void tellOnce(boolean chained) {
        if (!told.compareAndSet(false, true)) {
            return;
        }
        String text = null;
        if (chosen == null) {
            List<String> missing = missing(closest());
            if (missing.size() < closest().variables().size()) {
                text = String.join(", ", missing) + " not set, while others of its variables are";
            }
        } else if (chosen == Kind.SECRET_OF_CLIENT && has(CertificateVariables.PATH)) {
            text = SECRET + " and " + CertificateVariables.PATH + " are both set; the secret is used";
        } else if (chosen == Kind.USER) {
            text = USER_NAME + " and " + PASSWORD_OF_USER + " fail for every user with a second factor, which Microsoft"
                    + " demands for Azure; use a client secret, a certificate or a managed identity";
        }
        if (text == null) {
            return;
        }
        if (chained || chosen == Kind.SECRET_OF_CLIENT) {
            LOG.info("{}: {}", EnvironmentCredential.NAME, text);
        } else {
            LOG.warn("{}: {}", EnvironmentCredential.NAME, text);
        }
    }

    private @Nullable Kind firstComplete() {
        for (Kind kind : Kind.values()) {
            if (missing(kind).isEmpty()) {
                return kind;
            }
        }
        return null;
    }

    /** The set of which most is there; of several the first. */
    private Kind closest() {
        Kind closest = Kind.SECRET_OF_CLIENT;
        for (Kind kind : Kind.values()) {
            if (missing(kind).size() < missing(closest).size()) {
                closest = kind;
            }
        }
        return closest;
    }

    private List<String> missing(Kind kind) {
        List<String> missing = new ArrayList<>();
        for (String variable : kind.variables()) {
            if (!has(variable)) {
                missing.add(variable);
            }
        }
        return missing;
    }

    private boolean has(String variable) {
        return environment.has(variable)
                || variable.equals(TENANT) && context.tenantId().isPresent()
                || variable.equals(CLIENT) && context.clientId().isPresent();
    }
}
