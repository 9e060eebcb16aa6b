// SPDX-License-Identifier: MIT
package dev.signet.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The budgets and what was measured, as a Markdown table. */
final class Table {
    private final List<String> lines = new ArrayList<>();
    private boolean failed;

    Table() {
        lines.add("| what | budget | measured | azure-identity | ratio | verdict |");
        lines.add("|---|---|---|---|---|---|");
    }

    /**
     * Adds a row.
     *
     * @param ratio how many times azure-identity's number is ours; null where there is no sense in it
     * @param pass whether the budget is kept; null where there is none
     */
    void add(String what, String budget, String ours, String theirs, @Nullable Double ratio, @Nullable Boolean pass) {
        String times = ratio == null ? "–" : number(ratio) + " ×";
        String verdict = pass == null ? "–" : pass ? "pass" : "**FAIL**";
        failed |= pass != null && !pass;
        lines.add("| " + String.join(" | ", what, budget, ours, theirs, times, verdict) + " |");
        System.err.println(lines.get(lines.size() - 1));
    }

    boolean failed() {
        return failed;
    }

    /** A number with as many digits as it deserves. */
    static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 || size == Math.rint(size) ? "%,.0f" : "%.1f", value);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
