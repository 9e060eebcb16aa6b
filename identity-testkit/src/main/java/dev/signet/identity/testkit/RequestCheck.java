// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares one request with the protocol and collects every deviation. */
final class RequestCheck {
    private static final Set<String> NEVER_SENT =
            Set.of("Expect", "Transfer-Encoding", "X-Forwarded-For", "Upgrade", "HTTP2-Settings", "Proxy-Connection");

    private final RecordedRequest request;
    private final Set<String> tolerated;
    private final List<String> problems = new ArrayList<>();

    RequestCheck(RecordedRequest request, Set<String> tolerated) {
        this.request = request;
        this.tolerated = tolerated;
        hygiene();
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    RequestCheck problem(boolean present, String problem) {
        if (present) {
            problems.add(problem);
        }
        return this;
    }

    private void hygiene() {
        problem(!request.wire().version().equals("HTTP/1.1"), "is not HTTP/1.1");
        problem(request.header("Host").isEmpty(), "lacks header Host");
        for (String name : NEVER_SENT) {
            noHeader(name);
        }
        request.headers()
                .forEach((name, values) -> problem(values.size() > 1, "has header " + name + " more than once"));
        problem(!request.queryParameters().decodable(), "has a query with malformed percent-encoding");
        problem(!request.formParameters().decodable(), "has a form with malformed percent-encoding");
    }

    RequestCheck method(String method, String path) {
        problem(!request.method().equals(method), "is not " + method);
        problem(!request.path().equals(path), "is not for path " + path);
        return problem(request.method().equals("GET") && request.wire().body().length > 0, "is a GET with a body");
    }

    RequestCheck header(String name, String value) {
        Optional<String> sent = request.header(name);
        problem(sent.isEmpty(), "lacks header " + name);
        return problem(sent.isPresent() && !sent.get().equals(value), "has a wrong value in header " + name);
    }

    RequestCheck noHeader(String name) {
        return problem(request.header(name).isPresent(), "has header " + name);
    }

    RequestCheck bearer() {
        String authorization = request.header("Authorization").orElse("");
        String scheme = "Bearer ";
        return problem(
                !authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                        || authorization.length() == scheme.length(),
                "has no bearer token in header Authorization");
    }

    RequestCheck query(String... allowed) {
        return only("query", request.query(), Set.of(allowed));
    }

    RequestCheck form(String... allowed) {
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        problem(
                !type.equals(Parameters.FORM_TYPE) && !type.equals(Parameters.FORM_TYPE + "; charset=utf-8"),
                "does not say that its body is a form");
        return only("form", request.form(), Set.of(allowed));
    }

    private RequestCheck only(String where, Map<String, List<String>> parameters, Set<String> allowed) {
        parameters.forEach((name, values) -> {
            problem(!allowed.contains(name) && !tolerated.contains(name), where + " has unknown parameter " + name);
            problem(values.size() > 1, where + " has parameter " + name + " more than once");
        });
        return this;
    }

    RequestCheck queryValue(String name, String value) {
        Optional<String> sent = request.query(name);
        problem(sent.isEmpty(), "query lacks parameter " + name);
        return problem(sent.isPresent() && !sent.get().equals(value), "query has a wrong value of parameter " + name);
    }

    RequestCheck present(String where, Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of(""));
        return problem(values.get(0).isBlank(), where + " lacks parameter " + name);
    }

    RequestCheck atMostOneOf(String... names) {
        int count = 0;
        for (String name : names) {
            Optional<String> value = request.query(name);
            count += value.isPresent() ? 1 : 0;
            problem(value.isPresent() && value.get().isBlank(), "query has a blank parameter " + name);
        }
        return problem(count > 1, "query names more than one identity");
    }
}
