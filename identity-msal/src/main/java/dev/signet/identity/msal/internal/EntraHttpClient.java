// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.core.ClaimsParameter;
import dev.signet.identity.core.EntraTokenEndpoint;
import dev.signet.identity.core.FormBody;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.core.JwtPayload;
import dev.signet.identity.core.RetryPolicy;
import dev.signet.identity.core.StandardRetryPolicy;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The network as MSAL sees it during one call: our transport, our retries, and good answers only. What Entra refuses
 * is thrown as our own exception, with the facts that MSAL's would lose, and passes through MSAL as a cause; so MSAL's
 * process-wide memories of refused and throttled requests stay empty. Claims are put into the form here, since MSAL
 * drops those that it does not know, and all of them from a refresh.
 */
final class EntraHttpClient implements IHttpClient {
    private static final RetryPolicy RETRIES = StandardRetryPolicy.entra();
    private static final RetryPolicy ONCE = StandardRetryPolicy.of(new int[0]);

    private final String credentialName;
    private final ProviderContext context;
    private final TokenRequestContext wanted;
    private final EntraTokenEndpoint entra;
    private final DevicePolling polling;
    private final AtomicReference<@Nullable AccessToken> received = new AtomicReference<>();
    private final AtomicReference<@Nullable DevicePrompt> prompt = new AtomicReference<>();

    EntraHttpClient(String credentialName, ProviderContext context, TokenRequestContext wanted) {
        this.credentialName = credentialName;
        this.context = context;
        this.wanted = wanted;
        this.entra = new EntraTokenEndpoint(credentialName, context);
        this.polling = new DevicePolling(credentialName, context, entra);
    }

    /** The last token that the token endpoint gave; null when it was not asked. */
    @Nullable
    AccessToken received() {
        return received.get();
    }

    /** What the device endpoint gave for the user; null when it was not asked. */
    @Nullable
    DevicePrompt prompt() {
        return prompt.get();
    }

    @Override
    public IHttpResponse send(HttpRequest request) {
        URI address = URI.create(request.url().toString());
        String path = address.getPath();
        boolean form = request.httpMethod() == HttpMethod.POST && isForm(headers(request));
        if (form && path.endsWith("/token")) {
            return answered(token(address, request));
        }
        if (form && path.endsWith("/devicecode")) {
            return answered(deviceCode(
                    transportRequest(address, request, request.body()).build()));
        }
        TransportRequest http =
                transportRequest(address, request, request.body()).build();
        if (path.startsWith("/common/userrealm/")) {
            TransportResponse response = entra.exchange(http, RETRIES);
            JsonObject unused = entra.readObject(http, response);
            return answered(response);
        }
        return federation(http);
    }

    /**
     * A company's own sign-in service. A wrong password must not be tried again; MSAL reads the refusal in XML, and would
     * remember its status for all of the process.
     */
    private IHttpResponse federation(TransportRequest http) {
        TransportResponse response = entra.exchange(http, ONCE);
        if (http.method().equals("GET") && response.status() != 200) {
            throw new ClientAuthenticationException(FailureDetails.rejected(
                            credentialName,
                            "the sign-in service of the user's company, "
                                    + http.uri().getRawAuthority() + ", answered with HTTP " + response.status())
                    .outcome(Outcome.TRANSIENT)
                    .httpStatus(response.status())
                    .remedy("Try again later, or sign in with a browser.")
                    .build());
        }
        return answered(response.status() < 500 ? response : withStatus(400, response));
    }

    private static TransportResponse withStatus(int status, TransportResponse response) {
        return new TransportResponse(status, Map.of(), response.body());
    }

    private TransportResponse token(URI address, HttpRequest request) {
        String body = request.body();
        String claims = ClaimsParameter.of(wanted);
        String form = claims.isEmpty()
                ? body
                : body + "&" + new FormBody().add("claims", claims).text();
        TransportRequest http = transportRequest(address, request, form)
                .header("Accept", "application/json")
                .build();
        DevicePrompt shown = prompt.get();
        DevicePolling.Answer answer = shown == null ? asked(http, body) : polling.answer(http, shown);
        received.set(entra.read(http, answer.response(), answer.sent()));
        if (!isReadable(answer.response())) {
            throw MsalFailures.anonymous(credentialName);
        }
        return answer.response();
    }

    /** MSAL would log parts of what it cannot read of a user's tokens. */
    private static boolean isReadable(TransportResponse response) {
        JsonObject body = JsonObject.parse(response.body()).orElseThrow();
        String idToken = body.string("id_token").orElse("");
        String clientInfo = body.string("client_info").orElse("");
        return (idToken.isEmpty() || JwtPayload.read(idToken).isPresent())
                && (clientInfo.isEmpty() || namesAnAccount(clientInfo));
    }

    private static boolean namesAnAccount(String clientInfo) {
        try {
            Optional<JsonObject> info = JsonObject.parse(Base64.getUrlDecoder().decode(clientInfo));
            return info.isPresent() && info.get().has("uid") && info.get().has("utid");
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private DevicePolling.Answer asked(TransportRequest http, String form) {
        boolean code = ("&" + form + "&").contains("&grant_type=authorization_code&");
        Instant sent = context.clock().instant();
        return new DevicePolling.Answer(entra.exchange(http, code ? new Redemption() : RETRIES), sent);
    }

    private TransportResponse deviceCode(TransportRequest http) {
        Instant asked = context.clock().instant();
        TransportResponse response = entra.exchange(http, RETRIES);
        DevicePrompt read = DevicePrompt.read(entra.readObject(http, response), asked);
        if (read == null) {
            throw entra.refusal(http, response);
        }
        prompt.set(read);
        return response;
    }

    private static TransportRequest.Builder transportRequest(URI address, HttpRequest request, @Nullable String body) {
        Map<String, String> headers = headers(request);
        TransportRequest.Builder http = request.httpMethod() == HttpMethod.POST
                ? TransportRequest.post(
                        address,
                        headers.getOrDefault("Content-Type", FormBody.CONTENT_TYPE),
                        (body == null ? "" : body).getBytes(StandardCharsets.UTF_8))
                : TransportRequest.get(address);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!header.getKey().equals("Content-Type") && isAscii(header.getValue())) {
                http.header(header.getKey(), header.getValue());
            }
        }
        return http;
    }

    /** MSAL gives none on the way to a company's own service. */
    private static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = request.headers();
        return headers == null ? Map.of() : headers;
    }

    private static boolean isForm(Map<String, String> headers) {
        return headers.getOrDefault("Content-Type", FormBody.CONTENT_TYPE).startsWith(FormBody.CONTENT_TYPE);
    }

    /** Names of users stand in a header that only helps with routing; in another script it is left out. */
    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static IHttpResponse answered(TransportResponse response) {
        return new HttpResponse()
                .statusCode(response.status())
                .body(new String(response.body(), StandardCharsets.UTF_8));
    }

    /** An authorization code works once: it is not sent again when it may have arrived. */
    private static final class Redemption implements RetryPolicy {
        @Override
        public @Nullable Duration afterStatus(int status, @Nullable Duration retryAfter, int retries) {
            return RETRIES.afterStatus(status, retryAfter, retries);
        }

        @Override
        public @Nullable Duration afterFailure(IOException failure, int retries) {
            boolean unsent = failure instanceof ConnectException || failure instanceof UnknownHostException;
            return unsent ? RETRIES.afterFailure(failure, retries) : null;
        }
    }
}
