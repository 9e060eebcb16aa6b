// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.core.CommandResult;
import dev.signet.identity.core.Redaction;
import dev.signet.identity.spi.Readiness;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What tools say, for logs, messages and explanations. */
final class ToolLog {
    private static final Logger LOG = ToolTokens.LOG;

    private ToolLog() {}

    /** Logs how it ended, and all that it said besides the answer. */
    static void ended(String program, CommandResult result) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} ended with exit code {} after {} ms",
                    program,
                    result.exitCode(),
                    result.duration().toMillis());
            for (String line : said(result).lines().toList()) {
                LOG.debug("{} said: {}", program, line);
            }
        }
    }

    /** What it said: its errors, or after a failure without any its output. Tokens are masked. */
    static String said(CommandResult result) {
        return result.exitCode() == 0 || !result.errors().isBlank()
                ? result.errors()
                : Redaction.scrub(result.output());
    }

    static Readiness readiness(@Nullable String file, ToolFailures failures) {
        if (file != null) {
            return new Readiness(
                    Readiness.Status.CONFIGURED, file + "; whether somebody is signed in, only a try will tell", "");
        }
        return new Readiness(
                Readiness.Status.NOT_CONFIGURED, failures.notFound().details().reason(), failures.install());
    }
}
