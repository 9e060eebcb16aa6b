// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import java.io.File;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells when tokens must be forgotten: the tool's files have other time stamps, so somebody else may have signed in,
 * or the tokens are as old as they may get. Thread-safe.
 */
final class SignInWatch {
    private final List<String> files;
    private final Duration longest;
    private final InstantSource clock;
    private final AtomicReference<State> state;

    SignInWatch(List<String> files, Duration longest, InstantSource clock) {
        this.files = List.copyOf(files);
        this.longest = longest;
        this.clock = clock;
        this.state = new AtomicReference<>(new State("not looked yet", clock.millis()));
    }

    /** One that has not told of anything yet. */
    SignInWatch another() {
        return new SignInWatch(files, longest, clock);
    }

    /** Whether there was a change since the last time that there was one. */
    boolean hasChanged() {
        State before = Objects.requireNonNull(state.get());
        String stamp = stamp();
        long now = clock.millis();
        boolean old = now < before.since || now - before.since >= longest.toMillis();
        return (old || !stamp.equals(before.stamp)) && state.compareAndSet(before, new State(stamp, now));
    }

    private String stamp() {
        StringBuilder stamp = new StringBuilder();
        for (String name : files) {
            File file = new File(name);
            stamp.append(file.lastModified()).append(' ').append(file.length()).append(' ');
        }
        return stamp.toString();
    }

    private record State(String stamp, long since) {}
}
