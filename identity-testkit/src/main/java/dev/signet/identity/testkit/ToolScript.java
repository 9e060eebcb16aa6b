// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.time.Duration;
import java.util.Locale;

/** The shell text of scripted tools: one that records its run and looks for its reply, and one for each reply. */
final class ToolScript {
    private static final String MAIN = """
            #!/bin/sh
            state='STATE'
            run=1
            while ! /bin/mkdir "$state/runs/$run" 2>/dev/null; do run=$((run + 1)); done
            run="$state/runs/$run"
            /usr/bin/env -0 >"$run/variables"
            PATH=/usr/bin:/bin
            echo $$ >"$run/processes"
            : >"$run/running"
            trap 'rm -f "$run/running"' EXIT
            others=-1
            for other in "$state"/runs/*/running; do others=$((others + 1)); done
            echo "$others" >"$run/others"
            for argument in "$@"; do printf '%s\\000' "$argument"; done >"$run/arguments"
            pwd >"$run/directory"
            if IFS= read -r line; then echo "$line"; fi >"$run/input"
            : >"$run/recorded"
            pause() { sleep "$1" & echo $! >>"$run/processes"; wait $!; }
            reply="$state/always"
            i=1
            while [ -d "$state/replies/$i" ]; do
              if mkdir "$state/replies/$i/taken" 2>/dev/null; then reply="$state/replies/$i"; break; fi
              i=$((i + 1))
            done
            . "$reply/plan"
            """;

    private static final String MARKER = """
            for last in "$@"; do :; done
            marker=$(printf %s "$last" | base64 -d | tr -d '\\000' | sed -n "s/.*'\\(signet-[0-9a-f]*\\)'.*/\\1/p" | sed -n 1p)
            printf %s "$marker"
            """;

    private ToolScript() {}

    /** The tool itself. */
    static String main(String stateDirectory) {
        return MAIN.replace("STATE", stateDirectory);
    }

    /** What one reply does; its texts are in files beside it. */
    static String plan(ToolReply.Parts parts) {
        StringBuilder plan = new StringBuilder();
        if (parts.stubborn) {
            plan.append("trap '' TERM\n");
        }
        if (!parts.child.isZero()) {
            plan.append("(trap '' TERM; exec sleep ")
                    .append(seconds(parts.child))
                    .append(") & echo $! >>\"$run/processes\"\n");
        }
        pause(plan, parts.delay);
        plan.append(parts.commands);
        plan.append("cat \"$reply/errors\" >&2\n");
        plan.append(parts.markers ? MARKER : "");
        if (parts.spread.isZero()) {
            plan.append("cat \"$reply/output\"\n");
        } else {
            Duration each = parts.spread.dividedBy(Math.max(1, parts.output.length));
            for (byte one : parts.output) {
                plan.append(String.format(Locale.ROOT, "printf '\\%03o'; sleep %s%n", one & 0xFF, seconds(each)));
            }
        }
        plan.append(parts.markers ? "echo \"$marker\"\n" : "");
        pause(plan, parts.linger);
        return plan.append("exit ").append(parts.exitCode).append('\n').toString();
    }

    private static void pause(StringBuilder plan, Duration time) {
        if (!time.isZero()) {
            plan.append("pause ").append(seconds(time)).append('\n');
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%d.%09d", time.toSeconds(), time.toNanosPart());
    }
}
