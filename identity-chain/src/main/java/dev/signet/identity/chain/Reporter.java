// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.Attempt;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.UnavailableReason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns walks into reports, known credentials that are not installed included, and logs failed ones: the same table
 * at warn once in five minutes, in between at debug.
 */
final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger("dev.signet.identity.chain");
    private static final long REPEAT_MILLIS = 300_000;
    private static final int MAX_REMEMBERED = 50;

    private final String chainName;
    private final InstantSource clock;
    private final @Nullable Selection selection;
    private final @Nullable ProviderDiscovery discovery;
    private final Map<Integer, Long> warned = new LinkedHashMap<>();

    /** A reporter for a hand-built chain. */
    Reporter(String chainName, InstantSource clock) {
        this(chainName, clock, null, null);
    }

    /** A reporter for a chain of discovered providers. */
    Reporter(
            String chainName,
            InstantSource clock,
            @Nullable Selection selection,
            @Nullable ProviderDiscovery discovery) {
        this.chainName = chainName;
        this.clock = clock;
        this.selection = selection;
        this.discovery = discovery;
    }

    ChainReport report(Walk walk) {
        List<String> notTried = new ArrayList<>();
        for (Link link : walk.remaining()) {
            notTried.add(link.name());
        }
        List<Attempt> rows = withMissing(walk.attempts(), walk.stopped());
        Duration duration = walk.duration();
        ReportText text = new ReportText(
                chainName,
                walk.request(),
                selection == null ? "" : selection.origin(),
                selection == null ? List.of() : selection.excluded(),
                discovery == null ? List.of() : discovery.problems());
        String written = text.write(rows, notTried, walk.stopped(), duration);
        return new ChainReport(walk.request(), rows, notTried, duration, written);
    }

    void failed(ChainReport report) {
        StringBuilder table = new StringBuilder();
        for (Attempt attempt : report.attempts()) {
            table.append(attempt).append('\n');
        }
        if (isNew(table.toString().hashCode())) {
            LOG.warn("{}", report);
        } else {
            LOG.debug("{}", report);
        }
    }

    private boolean isNew(int table) {
        long now = clock.millis();
        synchronized (warned) {
            Long last = warned.get(table);
            if (last != null && now >= last && now - last < REPEAT_MILLIS) {
                return false;
            }
            if (warned.size() >= MAX_REMEMBERED) {
                warned.clear();
            }
            warned.put(table, now);
            return true;
        }
    }

    /** Puts a row for each known credential that would have been tried before the end, were it installed. */
    private List<Attempt> withMissing(List<Attempt> attempts, boolean stopped) {
        if (selection == null || discovery == null) {
            return attempts;
        }
        List<Attempt> rows = new ArrayList<>();
        int next = 0;
        for (Candidate candidate : selection.plan(discovery.missing())) {
            if (next == attempts.size() && stopped) {
                break;
            }
            if (candidate instanceof KnownProvider known) {
                rows.add(missing(known));
            } else if (next < attempts.size()) {
                rows.add(attempts.get(next++));
            }
        }
        rows.addAll(attempts.subList(next, attempts.size()));
        return rows;
    }

    private static Attempt missing(KnownProvider known) {
        FailureDetails details = FailureDetails.unavailable(
                        known.name(), UnavailableReason.NOT_INSTALLED, "not installed: add " + known.artifact())
                .build();
        return Attempt.failed(known.name(), new CredentialUnavailableException(details), Duration.ZERO);
    }
}
