// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do about the refusals of Entra that people meet most.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">AADSTS error codes</a>
 * @since 0.1.0
 */
public final class EntraRemedies {
    private EntraRemedies() {}

    /**
     * The remedy for the first number that has one.
     *
     * @param aadstsCodes the numbers of an answer
     * @return one sentence
     */
    public static Optional<String> remedy(List<Integer> aadstsCodes) {
        for (int code : aadstsCodes) {
            String remedy = remedy(code);
            if (remedy != null) {
                return Optional.of(remedy);
            }
        }
        return Optional.empty();
    }

    private static @Nullable String remedy(int code) {
        return switch (code) {
            case 70021, 700211, 700212, 700213 ->
                "Compare issuer, subject and audience of the assertion with the application's federated credentials;"
                        + " a new one takes some minutes to be known.";
            case 700024 -> "The assertion is outside its validity: check that its file is renewed and the clock right.";
            case 700016 -> "Check the client id, and that the application exists in this tenant.";
            case 90002 -> "Check the tenant id and the authority host.";
            case 500011, 50001 -> "Check the scope: no resource of that name is known in this tenant.";
            case 70011 -> "Check the scope; for an application it ends with /.default.";
            case 7000215 -> "Check the client secret: its value is needed, not its id.";
            case 7000222 -> "The client secret has expired: make a new one.";
            case 50076, 50079 -> "Sign in with a second factor.";
            case 65001 -> "Let an administrator consent to the application's permissions.";
            default -> null;
        };
    }
}
