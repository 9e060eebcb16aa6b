// SPDX-License-Identifier: MIT
package dev.signet.identity.msal.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings what one call changed into a cache that others may have changed meanwhile, entry by entry. What only others
 * know, sections and fields, stays as it is; what others removed is not brought back.
 */
public final class CacheMerge {
    private static final List<String> SECTIONS =
            List.of("AccessToken", "RefreshToken", "IdToken", "Account", "AppMetadata");

    /** Entries that are about one token: when it is replaced, whatever was said of the old one is stale. */
    private static final Set<String> REPLACED = Set.of("AccessToken", "IdToken");

    private CacheMerge() {}

    /**
     * Merges three states of a cache.
     *
     * @param before what the changer was given
     * @param after what it made of it
     * @param now what there is now
     * @return what there is to be
     */
    public static CacheDocument merge(String before, String after, String now) {
        ObjectNode old = CacheDocument.parse(before).root();
        ObjectNode changed = CacheDocument.parse(after).root();
        CacheDocument current = CacheDocument.parse(now);
        Set<String> signedOut = accounts(old);
        signedOut.removeAll(accounts(current.root()));
        for (String section : SECTIONS) {
            JsonNode oldEntries = old.path(section);
            JsonNode newEntries = changed.path(section);
            ObjectNode entries = entries(current.root(), section);
            for (Map.Entry<String, JsonNode> entry : oldEntries.properties()) {
                if (!newEntries.has(entry.getKey())) {
                    entries.remove(entry.getKey());
                }
            }
            for (Map.Entry<String, JsonNode> entry : newEntries.properties()) {
                JsonNode fresh = entry.getValue();
                boolean wanted = !signedOut.contains(CacheDocument.text(fresh, "home_account_id"));
                if (wanted && differs(oldEntries.path(entry.getKey()), fresh)) {
                    put(section, entries, entry.getKey(), fresh);
                }
            }
        }
        return current;
    }

    private static ObjectNode entries(ObjectNode cache, String section) {
        return cache.get(section) instanceof ObjectNode present ? present : cache.putObject(section);
    }

    private static Set<String> accounts(ObjectNode cache) {
        Set<String> ids = new HashSet<>();
        for (JsonNode account : cache.path("Account")) {
            ids.add(CacheDocument.text(account, "home_account_id"));
        }
        return ids;
    }

    /** Fields that the changer does not know and has dropped are no difference. */
    private static boolean differs(JsonNode old, JsonNode fresh) {
        for (Map.Entry<String, JsonNode> field : fresh.properties()) {
            if (!old.path(field.getKey()).asText("").equals(field.getValue().asText(""))) {
                return true;
            }
        }
        return old.isMissingNode();
    }

    private static void put(String section, ObjectNode entries, String key, JsonNode fresh) {
        if (!REPLACED.contains(section)
                && entries.get(key) instanceof ObjectNode present
                && fresh instanceof ObjectNode changed) {
            present.setAll(changed);
        } else {
            entries.set(key, fresh);
        }
    }
}
