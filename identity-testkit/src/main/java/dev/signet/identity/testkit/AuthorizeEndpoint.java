// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a browser asks for an authorization code (RFC 6749 section 4.1.1), and where its user consents. */
final class AuthorizeEndpoint {
    static final String PATH = "/oauth2/v2.0/authorize";
    static final String CONSENT = "/signin";

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Set<String> MODES = Set.of("query", "form_post", "fragment");
    private static final Set<String> PROMPTS =
            Set.of("none", "login", "consent", "select_account", "create", "admin_consent");
    private static final String[] PARAMETERS = {
        "client_id",
        "response_type",
        "redirect_uri",
        "scope",
        "response_mode",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "prompt",
        "login_hint",
        "domain_hint",
        "claims",
        "client_info",
        "client-request-id",
        "correlation_id",
        "instance_aware",
        "haschrome",
        "X-AnchorMailbox",
        "x-client-SKU",
        "x-client-Ver",
        "x-client-OS",
        "mkt"
    };

    private final SignIns signIns;
    private final TokenEndpoint tokens;
    private final Map<String, Asked> waiting = new ConcurrentHashMap<>();

    AuthorizeEndpoint(SignIns signIns, TokenEndpoint tokens) {
        this.signIns = signIns;
        this.tokens = tokens;
    }

    /** A question that waits for its user. */
    private record Asked(RecordedRequest request, String mode) {
        String parameter(String name) {
            return request.query(name).orElse("");
        }
    }

    void check(RecordedRequest request, RequestCheck check) {
        if (request.path().equals(CONSENT)) {
            return;
        }
        check.method("GET", request.path()).query(PARAMETERS).queryValue("response_type", "code");
        for (String name : List.of("client_id", "redirect_uri", "scope", "state")) {
            check.present("query", request.query(), name);
        }
        String challenge = request.query("code_challenge").orElse("");
        boolean loopback = request.query("redirect_uri")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("http://");
        check.problem(loopback && challenge.isEmpty(), "has no code_challenge, and everybody can read its code");
        check.problem(
                !challenge.isEmpty() && !CHALLENGE.matcher(challenge).matches(),
                "query has a code_challenge that is no SHA-256");
        check.problem(
                !challenge.isEmpty()
                        && !request.query("code_challenge_method").orElse("").equals("S256"),
                "query does not say that its code_challenge is S256");
        check.problem(
                !MODES.contains(request.query("response_mode").orElse("query")), "query has an unknown response_mode");
        check.problem(
                request.query("prompt").isPresent()
                        && !PROMPTS.contains(request.query("prompt").get()),
                "query has an unknown prompt");
    }

    Reply answer(RecordedRequest request) {
        return request.path().equals(CONSENT) ? decided(request) : asked(request);
    }

    private Reply asked(RecordedRequest request) {
        String mode = request.query("response_mode").orElse("query");
        Asked question = new Asked(request, mode);
        String clientId = question.parameter("client_id");
        String alias = request.path().substring(1, request.path().length() - PATH.length());
        String tenant = tokens.tenant(alias);
        if (!tokens.isRegistered(clientId, tenant)) {
            return SignInPages.note(
                    400,
                    "AADSTS700016: Application with identifier '" + clientId + "' was not found in the directory '"
                            + alias + "'.");
        }
        if (!isAddress(question.parameter("redirect_uri"))) {
            return SignInPages.note(
                    400,
                    "AADSTS50011: The redirect URI '" + question.parameter("redirect_uri")
                            + "' specified in the request does not match the redirect URIs configured for the application.");
        }
        EntraError refusal = signIns.nextRefusal();
        if (refusal != null) {
            return refused(question, refusal);
        }
        User present = signIns.present();
        if (present != null) {
            return accepted(question, present);
        }
        if (question.parameter("prompt").equals("none")) {
            return refused(
                    question,
                    EntraError.badRequest(
                            "login_required",
                            50058,
                            "A silent sign-in request was sent but no user is signed" + " in."));
        }
        String id = UUID.randomUUID().toString();
        waiting.put(id, question);
        return SignInPages.consent(CONSENT, Map.of("request", id), clientId, candidates(question));
    }

    /** All users, the one that the application hints at first. */
    private List<User> candidates(Asked question) {
        String hint = question.parameter("login_hint");
        return signIns.users().stream()
                .sorted((one, other) -> Boolean.compare(
                        other.userName().equalsIgnoreCase(hint), one.userName().equalsIgnoreCase(hint)))
                .toList();
    }

    private static boolean isAddress(String redirectUri) {
        try {
            String scheme = URI.create(redirectUri).getScheme();
            return "http".equals(scheme) || "https".equals(scheme);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private Reply decided(RecordedRequest request) {
        Asked question = waiting.remove(request.form("request").orElse(""));
        if (question == null) {
            return SignInPages.note(400, "AADSTS90100: this page was answered before.");
        }
        if (!request.form("decision").orElse("").equals("accept")) {
            return refused(
                    question,
                    EntraError.badRequest("access_denied", 65004, "User declined to consent to access the app."));
        }
        return signIns.find(request.form("user").orElse(""))
                .map(user -> accepted(question, user))
                .orElseGet(() -> SignInPages.note(400, "AADSTS50034: no such user."));
    }

    private Reply accepted(Asked question, User user) {
        String challenge = question.parameter("code_challenge");
        String nonce = question.parameter("nonce");
        RedeemableCode code = new RedeemableCode(
                user,
                question.parameter("client_id"),
                question.parameter("redirect_uri"),
                challenge.isEmpty() ? null : challenge,
                nonce.isEmpty() ? null : nonce,
                signIns.codeExpiry());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("code", signIns.code(code));
        return sent(question, fields);
    }

    private static Reply refused(Asked question, EntraError error) {
        return sent(question, error.parameters());
    }

    private static Reply sent(Asked question, Map<String, String> fields) {
        String state = question.parameter("state");
        if (!state.isEmpty()) {
            fields.put("state", state);
        }
        fields.put("session_state", UUID.randomUUID().toString());
        String address = question.parameter("redirect_uri");
        if (question.mode().equals("form_post")) {
            return SignInPages.post(address, fields);
        }
        StringBuilder target = new StringBuilder(address);
        String separator = question.mode().equals("fragment") ? "#" : address.contains("?") ? "&" : "?";
        for (Map.Entry<String, String> field : fields.entrySet()) {
            target.append(separator).append(encoded(field.getKey())).append('=').append(encoded(field.getValue()));
            separator = "&";
        }
        return Reply.redirect(URI.create(target.toString()));
    }

    private static String encoded(@Nullable String text) {
        return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    void reset() {
        waiting.clear();
    }
}
