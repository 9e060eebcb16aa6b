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

    /**
     * Whether a refusal ends when the same user signs in again; whoever knows how to do that says so in its own words.
     *
     * @param aadstsCodes the numbers of an answer
     * @return true if one of them asks for a second factor, or says that a sign-in has expired
     */
    public static boolean isSignInRequired(List<Integer> aadstsCodes) {
        for (int code : aadstsCodes) {
            switch (code) {
                case 50074, 50076, 50079, 50173, 70008, 700082, 70043, 70044 -> {
                    return true;
                }
                default -> {
                    // another number may
                }
            }
        }
        return false;
    }

    private static @Nullable String remedy(int code) {
        return switch (code) {
            case 70021, 700211, 700212, 700213, 700021, 7002137, 7002138 ->
                "Compare issuer, subject and audience of the assertion with the application's federated credentials,"
                        + " upper and lower case included; a new one takes some minutes to be known.";
            case 700024 ->
                "The assertion is outside its validity: check that what gives it renews it, and this machine's clock.";
            case 700023 -> "The assertion is for another audience: check the tenant id and the authority host.";
            case 700027 -> "Upload the certificate to the application, or use the one that is registered there.";
            case 700016 -> "Check the client id, the tenant id and the cloud: the application is not in this tenant.";
            case 7000112 -> "The application is disabled in this tenant: enable it under enterprise applications.";
            case 7000114 -> "The application may not act on behalf of users: check its type and permissions.";
            case 90002, 900023 -> "Check the tenant id and the authority host.";
            case 500011, 50001 -> "Check the scope: no resource of that name is known in this tenant.";
            case 70011, 28000, 28002 ->
                "Check the scope: one resource, named by its identifier; for an application it ends with /.default.";
            case 1002012 -> "End the scope with /.default, as applications must.";
            case 7000215 -> "Use the value of the client secret, not its id.";
            case 7000222 -> "The client secret has expired: make a new one.";
            case 7000216 -> "The application needs a secret, certificate or assertion: give it one.";
            case 7000218 -> "Allow public client flows for the application, or give its client secret.";
            case 50013, 500133, 500131 ->
                "The user's token must be an access token for this application that has not expired: ask the caller"
                        + " for a new one.";
            case 50049 -> "Check the authority host; of a private cloud, switch instance discovery off.";
            case 50074, 50076, 50079 -> "Sign in with a second factor.";
            case 50034 -> "Check the user name: no such user is known in this tenant.";
            case 50126 -> "Check the user name and the password.";
            case 50053 -> "The account is locked after too many attempts: wait, or ask an administrator.";
            case 50055 -> "The password has expired: sign in with a browser and change it.";
            case 50105, 501051 -> "Let an administrator assign the user or application to the application.";
            case 50173, 700082, 70043, 70044 -> "The sign-in has expired or was revoked: sign in again.";
            case 70008 -> "The code or the sign-in has expired: sign in again.";
            case 54005 -> "An authorization code works once and for some minutes: sign in again.";
            case 70019, 70020 -> "The device code has expired: start again and enter it sooner.";
            case 50011, 500112 ->
                "Register the redirect URI with the application; for a browser on this machine http://localhost, as a"
                        + " mobile and desktop application.";
            case 50148, 501481 -> "Redeem the code with the verifier that belongs to it.";
            case 9002327 -> "A code of a single-page application can be redeemed by that application only.";
            case 53000, 53001, 53002, 53003, 53004, 530003 ->
                "A conditional access policy forbids it: sign in with a device and from a place that it allows.";
            case 50196 -> "The same request came too often: wait five minutes and keep one credential for all calls.";
            case 65004 -> "The user declined to consent: sign in again and accept.";
            case 65001 -> "Let an administrator consent to the application's permissions.";
            default -> null;
        };
    }
}
