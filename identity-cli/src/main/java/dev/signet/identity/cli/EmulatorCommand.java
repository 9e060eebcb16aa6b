// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder until the emulator is merged. */
@Command(name = "emulator")
final class EmulatorCommand implements Callable<Integer> {
    private final Ambient ambient;

    EmulatorCommand(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public Integer call() {
        ambient.out().println();
        return 0;
    }
}
