// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers behind AADSTS that the testkit gives or is asked for, with the status and codes that go with them. */
final class EntraErrorNumbers {
    private static final Map<Integer, EntraError> ALL = new HashMap<>();

    private EntraErrorNumbers() {}

    static {
        clients();
        requests();
        users();
        outages();
    }

    static @Nullable EntraError find(int code) {
        return ALL.get(code);
    }

    private static EntraError add(int status, String error, int code, String text) {
        EntraError added = new EntraError(status, error, code, text);
        ALL.put(code, added);
        return added;
    }

    private static void add(int status, String error, int code, String suberror, String text) {
        ALL.put(code, add(status, error, code, text).suberror(suberror));
    }

    /** What is wrong with an application or its proof. */
    private static void clients() {
        String error = "invalid_client";
        add(401, error, 7000215, "Invalid client secret provided.");
        add(401, error, 7000222, "The provided client secret keys for the app are expired.");
        add(401, error, 7000216, "'client_assertion', 'client_secret' or 'request' is required for the grant type.");
        add(
                401,
                error,
                7000218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        add(401, error, 700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
        add(401, error, 700023, "Client assertion audience claim does not match Realm issuer.");
        add(401, error, 700024, "Client assertion is not within its valid time range.");
        add(401, error, 700027, "The certificate used to sign the client assertion is not registered on application.");
        add(401, error, 5002723, "Invalid JWT token. No certificate thumbprint nor keyId specified in token header.");
        add(401, error, 5002727, "Invalid JWT header type specified, must be 'JWT'.");
        add(401, error, 5002738, "Invalid JWT token. The signature algorithm is not supported.");
        String federated = "No matching federated identity record found for presented assertion";
        add(401, error, 70021, federated + ".");
        add(401, error, 700211, federated + " issuer.");
        add(401, error, 700212, federated + " audience.");
        add(401, error, 700213, federated + " subject.");
        add(401, error, 7002137, federated + " subject. The comparison is case-sensitive.");
        add(401, error, 7002138, federated + " issuer. The comparison is case-sensitive.");
        add(400, "unauthorized_client", 700016, "Application was not found in the directory.");
        add(400, "unauthorized_client", 7000112, "Application is disabled.");
    }

    /** What is wrong with a request, its tenant, its resource or its scopes. */
    private static void requests() {
        String error = "invalid_request";
        add(400, error, 50027, "JWT token is invalid or malformed.");
        add(400, error, 90002, "Tenant not found.");
        add(400, error, 90013, "Invalid input received from the user.");
        add(
                400,
                error,
                900023,
                "Specified tenant identifier is neither a valid DNS name, nor a valid external domain.");
        add(400, error, 900144, "The request body lacks a parameter.");
        add(400, error, 900561, "The endpoint only accepts POST requests.");
        add(400, error, 9002313, "Invalid request. Request is malformed or invalid.");
        add(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        add(400, "invalid_resource", 50001, "The resource is disabled or does not exist.");
        add(400, "invalid_resource", 500011, "The resource principal was not found in the tenant.");
        error = "invalid_scope";
        add(400, error, 28000, "The input parameter scope is not valid because it contains more than one resource.");
        add(400, error, 28002, "The input parameter scope is not valid when requesting an access token.");
        add(400, error, 70011, "The provided value for the input parameter 'scope' is not valid.");
        add(400, error, 1002012, "Client credential flows must have a scope value with /.default suffixed.");
    }

    /** What stands between a user and a token. */
    private static void users() {
        String error = "invalid_grant";
        add(400, error, 50013, "Assertion failed signature validation.");
        add(400, error, 50034, "The user account does not exist in the directory.");
        add(400, error, 50105, "The signed in user is not assigned to a role for the application.");
        add(400, error, 501051, "Application is not assigned to a role for the application.");
        add(400, error, 500131, "Assertion audience does not match the Client app presenting the assertion.");
        add(400, error, 500133, "Assertion is not within its valid time range.");
        add(400, error, 7000114, "Application is not allowed to make application on-behalf-of calls.");
        add(400, error, 50196, "The server terminated an operation because it encountered a client request loop.");
        add(
                400,
                error,
                65001,
                "consent_required",
                "The user or administrator has not consented to use the application.");
        add(400, error, 50173, "bad_token", "The provided grant has expired due to it being revoked.");
        add(400, error, 70008, "bad_token", "The provided authorization code or refresh token has expired.");
        add(400, error, 70043, "bad_token", "The refresh token has expired or is invalid due to sign-in frequency.");
        add(400, error, 700082, "bad_token", "The refresh token has expired due to inactivity.");
        add(400, error, 70044, "token_expired", "The session has expired or is invalid due to sign-in frequency.");
        add(400, "authorization_pending", 70016, "The code is still waiting for the user.");
        error = "interaction_required";
        add(400, error, 50074, "basic_action", "Strong Authentication is required.");
        add(400, error, 50076, "basic_action", "You must use multi-factor authentication to access the resource.");
        add(400, error, 50079, "basic_action", "You must enroll in multi-factor authentication.");
        add(400, error, 53000, "additional_action", "Device is not in required device state: compliant.");
        add(400, error, 53001, "additional_action", "Device is not in required device state: domain joined.");
        add(400, error, 53002, "message_only", "Application used is not an approved application.");
        add(400, error, 53003, "message_only", "Access has been blocked by Conditional Access policies.");
        add(400, error, 53004, "additional_action", "User needs to complete multi-factor authentication registration.");
        add(400, error, 530003, "additional_action", "Your device is required to be managed to access this resource.");
    }

    /** What Entra says of itself. */
    private static void outages() {
        add(500, "server_error", 50000, "There was an issue issuing a token or with our sign-in service.");
        add(500, "server_error", 90001, "An issue occurred with the sign-in service.");
        add(500, "server_error", 90006, "The service does not function as expected.");
        add(503, "temporarily_unavailable", 90012, "The request timed out.");
        add(503, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.");
    }
}
