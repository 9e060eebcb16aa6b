// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All requests to a cloud and their deviations, and what time it is there. */
final class CloudLog {
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Violation> violations = new CopyOnWriteArrayList<>();

    private final InstantSource clock;

    CloudLog(InstantSource clock) {
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    void add(RecordedRequest request, List<String> problems) {
        requests.add(request);
        for (String problem : problems) {
            violations.add(new Violation(request.endpoint(), request.method() + " " + request.path(), problem));
        }
    }

    void add(Violation violation) {
        violations.add(violation);
    }

    List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    void clear() {
        requests.clear();
        violations.clear();
    }
}
