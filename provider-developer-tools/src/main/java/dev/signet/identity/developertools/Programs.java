// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

import dev.signet.identity.core.CommandResult;
import dev.signet.identity.core.CommandRunner;
import dev.signet.identity.core.ExecutableSearch;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds programs and runs them, one at a time; a seam, because the choice of programs on Windows is tested elsewhere. */
interface Programs {
    /** A program of one of these names, as {@link ExecutableSearch} finds it. */
    Optional<String> find(Environment environment, List<String> names, List<String> wellKnown);

    /** Runs a program, as {@link CommandRunner} does. */
    CommandResult run(String program, List<String> arguments, Map<String, String> variables, Duration timeout);

    /** The programs of this machine. */
    static Programs of(ProviderContext context) {
        return new Installed(CommandRunner.of(context));
    }

    /** The programs of this machine. */
    final class Installed implements Programs {
        private final CommandRunner runner;

        private Installed(CommandRunner runner) {
            this.runner = runner;
        }

        @Override
        public Optional<String> find(Environment environment, List<String> names, List<String> wellKnown) {
            return ExecutableSearch.find(environment, names, wellKnown);
        }

        @Override
        public CommandResult run(
                String program, List<String> arguments, Map<String, String> variables, Duration timeout) {
            return runner.run(program, arguments, variables, timeout);
        }
    }
}
