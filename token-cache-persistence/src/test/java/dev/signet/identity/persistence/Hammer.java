// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.persistence.internal.Protection;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process that adds entries to a cache, and says each one that is kept: file, prefix, how many. */
final class Hammer {
    private Hammer() {}

    static DiskTokenCacheStore store(Path file) {
        CacheFile cache = new CacheFile(file);
        CacheContent content = new CacheContent.InFile(cache, Protection.NONE);
        return new DiskTokenCacheStore(
                "Hammer", new CachePlace("a file", cache, content, null), pause -> LockSupport.parkNanos(1_000_000));
    }

    static String with(String json, String entry) {
        String head = json.isEmpty() ? "{" : json.substring(0, json.length() - 1) + ",";
        return head + "\"" + entry + "\":\"" + "x".repeat(2000) + "\"}";
    }

    public static void main(String[] arguments) {
        DiskTokenCacheStore store = store(Path.of(arguments[0]));
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            String entry = arguments[1] + i;
            store.update(json -> with(json, entry));
            System.out.println("> " + entry);
        }
    }
}
