// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes JSON objects of strings. */
public final class RecordJson {
    private RecordJson() {}

    /**
     * An object.
     *
     * @param namesAndValues name, value, name, value
     * @return compact JSON text
     */
    public static String object(String... namesAndValues) {
        ObjectNode object = CacheDocument.JSON.createObjectNode();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            object.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return object.toString();
    }
}
