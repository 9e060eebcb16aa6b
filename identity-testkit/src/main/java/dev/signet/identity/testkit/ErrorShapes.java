// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The shapes in which managed-identity endpoints report errors. */
final class ErrorShapes {
    private ErrorShapes() {}

    /** Virtual machines and Arc. */
    static Reply flat(int status, String error, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        return Reply.json(status, Json.write(body));
    }

    /** Service Fabric and Cloud Shell. */
    static Reply nested(int status, String code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        error.put("correlationId", UUID.randomUUID().toString());
        return Reply.json(status, Json.write(Map.of("error", error)));
    }

    /** App Service. */
    static Reply numbered(int status, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("statusCode", status);
        body.put("message", message);
        body.put("correlationId", UUID.randomUUID().toString());
        return Reply.json(status, Json.write(body));
    }
}
