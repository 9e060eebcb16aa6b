// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.identity.AccessToken;
import dev.signet.identity.core.ClaimsParameter;
import dev.signet.identity.core.JwtPayload;
import dev.signet.identity.msal.AuthenticationRecord;
import dev.signet.identity.msal.UserToken;
import dev.signet.identity.spi.Environment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON that the Linux broker takes and gives. */
final class LinuxProtocol {
    static final String REDIRECT_URI = "https://login.microsoftonline.com/common/oauth2/nativeclient";
    static final int SILENT = 1;
    static final int INTERACTIVE = 6;

    /** Some brokers tell seconds where others tell milliseconds; no token of ours was there before 1973. */
    private static final long FIRST_MILLISECONDS = 100_000_000_000L;

    private final String credentialName;
    private final Environment environment;

    LinuxProtocol(String credentialName, Environment environment) {
        this.credentialName = credentialName;
        this.environment = environment;
    }

    String versionRequest() {
        return object().put("msalCppVersion", "1.0").toString();
    }

    String accountsRequest(BrokerRequest request) {
        return object().put("clientId", clientId(request))
                .put("redirectUri", REDIRECT_URI)
                .toString();
    }

    /**
     * A request for a token.
     *
     * @param kind {@link #SILENT} or {@link #INTERACTIVE}
     * @param account null to let the user choose
     */
    String tokenRequest(BrokerRequest request, int kind, @Nullable LinuxAccount account) {
        ObjectNode parameters = object();
        if (account != null) {
            parameters.set("account", account.json());
        }
        String userName = account == null ? request.user().userName() : account.userName();
        if (!userName.isEmpty()) {
            parameters.put("username", userName);
        }
        parameters.put("authority", request.application().authority().toString());
        parameters.put("authorizationType", kind);
        parameters.put("clientId", clientId(request));
        parameters.put("redirectUri", REDIRECT_URI);
        request.tokens().scopes().forEach(parameters.putArray("requestedScopes")::add);
        String claims = ClaimsParameter.of(request.tokens(), environment);
        if (!claims.isEmpty()) {
            parameters.put("decodedClaims", claims);
        }
        if (kind == SILENT && request.rejected() != null) {
            parameters.put("accessTokenToRenew", request.rejected().token());
        }
        BrokerProof proof = request.proof();
        if (proof != null) {
            ObjectNode wanted = parameters.putObject("popParams");
            wanted.put("authenticationScheme", "pop");
            wanted.put("uriHost", proof.uri().toString());
            wanted.put("httpMethod", proof.method());
            if (!proof.nonce().isEmpty()) {
                wanted.put("nonce", proof.nonce());
            }
        }
        parameters.putObject("additionalQueryParametersForAuthorization");
        long window = request.application().window();
        parameters.put("uxContextHandle", window == 0 ? -1 : window);
        return object().set("authParameters", parameters).toString();
    }

    /** The answer as JSON; null if it is no JSON object. */
    static @Nullable JsonNode parse(String answer) {
        try {
            JsonNode json = Accounts.JSON.readTree(answer);
            return json != null && json.isObject() ? json : null;
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }

    /** What an answer complains about, at its top or where the token should be; null if it does not. */
    @Nullable
    BrokerRefusal refusal(JsonNode answer, String correlationId) {
        JsonNode inner = answer.path("brokerTokenResponse").path("error");
        JsonNode error = inner.isObject() ? inner : answer.path("error");
        return error.isObject()
                ? new BrokerRefusal(
                        error.path("status").asInt(0), error.path("context").asText(""), correlationId)
                : null;
    }

    List<LinuxAccount> accounts(JsonNode answer) {
        List<LinuxAccount> accounts = new ArrayList<>();
        for (JsonNode account : answer.path("accounts")) {
            if (account.isObject()) {
                accounts.add(new LinuxAccount(account));
            }
        }
        return accounts;
    }

    String version(JsonNode answer) {
        return answer.path("linuxBrokerVersion").asText("");
    }

    /**
     * The token in an answer.
     *
     * @param asked the account of the request, for brokers that do not repeat it
     * @return empty if there is no token, or it is not told until when and whose
     */
    Optional<UserToken> token(JsonNode answer, BrokerRequest request, @Nullable LinuxAccount asked) {
        JsonNode response = answer.path("brokerTokenResponse");
        String value = response.path("accessToken").asText("");
        long expiry = response.path("expiresOn").asLong(0);
        Instant expiresOn =
                JwtPayload.read(value).flatMap(JwtPayload::expiresOn).orElseGet(() -> moment(expiry));
        Optional<AuthenticationRecord> account = account(response, request, asked);
        if (account.isEmpty() || expiresOn.equals(Instant.EPOCH)) {
            return Optional.empty();
        }
        try {
            AccessToken token = AccessToken.of(value, expiresOn, credentialName);
            boolean bound = response.path("accessTokenType").asInt(0) == 1;
            return Optional.of(new UserToken(bound ? token.withTokenType("pop") : token, account.get()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Instant moment(long expiry) {
        if (expiry <= 0) {
            return Instant.EPOCH;
        }
        return expiry < FIRST_MILLISECONDS ? Instant.ofEpochSecond(expiry) : Instant.ofEpochMilli(expiry);
    }

    private static Optional<AuthenticationRecord> account(
            JsonNode response, BrokerRequest request, @Nullable LinuxAccount asked) {
        LinuxAccount told = response.path("account").isObject() ? new LinuxAccount(response.path("account")) : asked;
        if (told != null) {
            return Accounts.record(request.application(), told.homeAccountId(), told.realm(), told.userName());
        }
        String idToken = response.path("idToken").asText("");
        return Accounts.record(
                request.application(),
                Accounts.homeAccountId(response.path("clientInfo").asText("")),
                Accounts.tenantId(idToken),
                Accounts.userName(idToken));
    }

    private static String clientId(BrokerRequest request) {
        return request.application().clientId().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode object() {
        return Accounts.JSON.createObjectNode();
    }
}
