// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The assertions that have done their duty. One counts as used when its request got a whole answer at once that says
 * yes or no; after a failure of the server or the network a client may send the same one again. Thread-safe.
 */
final class UsedAssertions {
    private static final int MAX_SIZE = 10_000;

    private final Map<String, Boolean> ids = Collections.synchronizedMap(new Bounded());

    boolean contains(String clientId, String assertionId) {
        return ids.containsKey(clientId + " " + assertionId);
    }

    void add(String clientId, String assertionId) {
        ids.put(clientId + " " + assertionId, true);
    }

    void clear() {
        ids.clear();
    }

    /** Forgets the oldest, so that an emulator can run for days. */
    private static final class Bounded extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_SIZE;
        }
    }
}
