// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Entra in memory: answers with tokens of one user unless a test has laid something else ready. */
final class ScriptedEntra implements HttpTransport {
    static final String OBJECT_ID = "0b1f6ad2-8ee5-4b5e-9d0c-7f3c5a1b2c3d";
    static final String TENANT_ID = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    static final String HOME = OBJECT_ID + "." + TENANT_ID;
    static final String USER = "maria@contoso.com";

    private final Map<String, Deque<Supplier<TransportResponse>>> ready = new LinkedHashMap<>();
    private final List<TransportRequest> requests = Collections.synchronizedList(new ArrayList<>());
    private int tokens;

    /** Lays an answer ready for the next request to an endpoint, named by the last word of its path. */
    ScriptedEntra next(String endpoint, Supplier<TransportResponse> answer) {
        ready.computeIfAbsent(endpoint, unused -> new ArrayDeque<>()).add(answer);
        return this;
    }

    ScriptedEntra next(String endpoint, int status, String body) {
        return next(endpoint, () -> response(status, body));
    }

    ScriptedEntra nextError(String error, int code) {
        return next("token", 400, error(error, code, ""));
    }

    static String error(String error, int code, String more) {
        return "{\"error\":\"" + error + "\",\"error_description\":\"AADSTS" + code
                + ": no. Trace ID: t-1 Correlation ID:" + " c-1\",\"error_codes\":[" + code
                + "],\"trace_id\":\"t-1\",\"correlation_id\":\"c-1\"" + more + "}";
    }

    static TransportResponse response(int status, String body) {
        return new TransportResponse(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    static TransportResponse response(int status, String body, String header, String value) {
        return new TransportResponse(status, Map.of(header, value), body.getBytes(StandardCharsets.UTF_8));
    }

    static Supplier<TransportResponse> lost(IOException failure) {
        return () -> {
            throw new UncheckedIOException(failure);
        };
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        requests.add(request);
        String path = request.uri().getPath();
        String endpoint = path.contains("/userrealm/") ? "userrealm" : path.substring(path.lastIndexOf('/') + 1);
        Deque<Supplier<TransportResponse>> answers = ready.getOrDefault(endpoint, new ArrayDeque<>());
        if (!answers.isEmpty()) {
            return answers.poll().get();
        }
        return switch (endpoint) {
            case "token" -> response(200, tokenBody("at" + ++tokens, 3599, ""));
            case "devicecode" ->
                response(
                        200,
                        "{\"device_code\":\"dev-1\",\"user_code\":\"ABCD\",\"verification_uri\":\"https://x/dl\","
                                + "\"expires_in\":900,\"interval\":5,\"message\":\"Go to https://x/dl, enter ABCD.\"}");
            case "userrealm" ->
                response(
                        200,
                        "{\"ver\":\"1.0\",\"account_type\":\"Managed\",\"domain_name\":\"contoso.com\","
                                + "\"cloud_instance_name\":\"microsoftonline.com\"}");
            case "instance" -> response(200, "{\"tenant_discovery_endpoint\":\"https://x/y\",\"metadata\":[]}");
            default -> throw new AssertionError("no answer for " + request);
        };
    }

    static String tokenBody(String token, long lifetime, String more) {
        return tokenBody(OBJECT_ID, USER, token, lifetime, more);
    }

    static String tokenBody(String objectId, String user, String token, long lifetime, String more) {
        String claims = "{\"oid\":\"" + objectId + "\",\"tid\":\"" + TENANT_ID + "\",\"preferred_username\":\"" + user
                + "\",\"sub\":\"s\",\"aud\":\"c\",\"iss\":\"i\"}";
        String id = base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".sig";
        String info = base64("{\"uid\":\"" + objectId + "\",\"utid\":\"" + TENANT_ID + "\"}");
        return "{\"token_type\":\"Bearer\",\"scope\":\"https://vault.azure.net/.default\",\"expires_in\":" + lifetime
                + ",\"access_token\":\"" + token + "\",\"refresh_token\":\"rt-" + token + "\",\"id_token\":\"" + id
                + "\",\"client_info\":\"" + info + "\"" + more + "}";
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    List<TransportRequest> requests() {
        return List.copyOf(requests);
    }

    /** Method and address of each request. */
    List<String> addresses() {
        return requests().stream()
                .map(request -> request.method() + " " + request.uri())
                .toList();
    }

    TransportRequest last() {
        return requests.get(requests.size() - 1);
    }

    /** The fields of the last form. */
    Map<String, String> form() {
        return form(last());
    }

    static Map<String, String> form(TransportRequest request) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : new String(request.body(), StandardCharsets.UTF_8).split("&", -1)) {
            int equals = field.indexOf('=');
            String value = URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8);
            if (fields.put(field.substring(0, equals), value) != null) {
                throw new AssertionError("twice in the form: " + field);
            }
        }
        return fields;
    }
}
