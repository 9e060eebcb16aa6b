// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an authority has for users beside the token endpoint: pages, device codes and the kind of each user. */
final class SignInProtocol {
    private static final String DEVICE_CODE = "/oauth2/v2.0/devicecode";
    private static final String DEVICE_LOGIN = "/devicelogin";
    private static final String USER_REALM = "/common/userrealm/";
    private static final String FAVICON = "/favicon.ico";
    private static final String USER_CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int USER_CODE_LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SignIns signIns;
    private final TokenEndpoint tokens;
    private final TokenIssuer issuer;
    private final AuthorizeEndpoint authorize;
    private final String base;

    SignInProtocol(SignIns signIns, TokenEndpoint tokens, TokenIssuer issuer, String base) {
        this.signIns = signIns;
        this.tokens = tokens;
        this.issuer = issuer;
        this.base = base;
        this.authorize = new AuthorizeEndpoint(signIns, tokens);
    }

    boolean handles(RecordedRequest request) {
        String path = request.path();
        return path.endsWith(AuthorizeEndpoint.PATH)
                || path.equals(AuthorizeEndpoint.CONSENT)
                || path.endsWith(DEVICE_CODE)
                || path.equals(DEVICE_LOGIN)
                || path.startsWith(USER_REALM)
                || path.equals(FAVICON);
    }

    void check(RecordedRequest request, RequestCheck check) {
        String path = request.path();
        if (path.endsWith(DEVICE_CODE)) {
            check.method("POST", path).query().form("client_id", "scope", "claims");
            check.present("form", request.form(), "client_id").present("form", request.form(), "scope");
        } else if (path.startsWith(USER_REALM)) {
            check.method("GET", path).query("api-version").queryValue("api-version", "1.0");
            check.problem(path.length() == USER_REALM.length(), "names no user");
        } else if (path.endsWith(AuthorizeEndpoint.PATH)) {
            authorize.check(request, check);
        }
    }

    Reply answer(RecordedRequest request) {
        String path = request.path();
        if (path.endsWith(DEVICE_CODE)) {
            return deviceCode(request, path.substring(1, path.length() - DEVICE_CODE.length()));
        }
        if (path.equals(DEVICE_LOGIN)) {
            return request.method().equals("POST") ? deviceLogin(request) : devicePage(request, "");
        }
        if (path.startsWith(USER_REALM)) {
            return Reply.json(200, Json.write(realm(path.substring(USER_REALM.length()))));
        }
        return path.equals(FAVICON) ? Reply.status(404) : authorize.answer(request);
    }

    private Reply deviceCode(RecordedRequest request, String alias) {
        String clientId = request.form("client_id").orElse("");
        @Nullable String tenant = tokens.tenant(alias);
        EntraError refusal = null;
        if (!tokens.isRegistered(clientId, tenant)) {
            refusal = EntraError.badRequest(
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + clientId + "' was not found in the directory '" + alias + "'.");
        } else if (tokens.isConfidential(clientId, tenant)) {
            refusal = EntraError.invalidClient(
                    7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }
        if (refusal != null) {
            return refusal.reply(request, issuer.now());
        }
        DeviceSignIn device = new DeviceSignIn(userCode(), clientId, issuer.now());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user_code", device.userCode());
        body.put("device_code", signIns.startDevice(device));
        body.put("verification_uri", base + DEVICE_LOGIN.substring(1));
        body.put("expires_in", DeviceSignIn.LIFETIME.toSeconds());
        body.put("interval", DeviceSignIn.INTERVAL.toSeconds());
        body.put(
                "message",
                "To sign in, use a web browser to open the page " + base + DEVICE_LOGIN.substring(1)
                        + " and enter the code " + device.userCode() + " to authenticate.");
        return Reply.json(200, Json.write(body));
    }

    private static String userCode() {
        StringBuilder code = new StringBuilder(USER_CODE_LENGTH);
        for (int i = 0; i < USER_CODE_LENGTH; i++) {
            code.append(USER_CODE_LETTERS.charAt(RANDOM.nextInt(USER_CODE_LETTERS.length())));
        }
        return code.toString();
    }

    private Reply devicePage(RecordedRequest request, String problem) {
        String code = request.form("code").or(() -> request.query("otc")).orElse("");
        return SignInPages.device(code, problem, signIns.users());
    }

    private Reply deviceLogin(RecordedRequest request) {
        DeviceSignIn device =
                signIns.findDevice(request.form("code").orElse("")).orElse(null);
        User user = signIns.find(request.form("user").orElse("")).orElse(null);
        if (device == null || user == null) {
            return devicePage(request, "That code did not work. Check it and try again.");
        }
        if (request.form("decision").orElse("").equals("accept")) {
            device.approve(user);
            return SignInPages.note(200, "You have signed in on your device. You may close this window.");
        }
        device.decline();
        return SignInPages.note(200, "You have declined. You may close this window.");
    }

    private static Map<String, Object> realm(String userName) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ver", "1.0");
        body.put("account_type", "Managed");
        body.put("domain_name", userName.substring(userName.indexOf('@') + 1));
        body.put("cloud_instance_name", "microsoftonline.com");
        body.put("cloud_audience_urn", "urn:federation:MicrosoftOnline");
        return body;
    }

    void reset() {
        signIns.reset();
        authorize.reset();
    }
}
