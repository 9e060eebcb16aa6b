// SPDX-License-Identifier: MIT
package dev.signet.examples.slim;

import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.HostedEndpoint;
import java.io.IOException;

/** Runs a command as if it ran on a virtual machine of Azure. */
public final class InCloud {
    private InCloud() {}

    /**
     * Runs the command; its exit status is ours.
     *
     * @param command the command
     * @throws IOException if it cannot be started
     * @throws InterruptedException if it is told to stop
     */
    public static void main(String[] command) throws IOException, InterruptedException {
        int status;
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            HostedEndpoint imds = cloud.imds();
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(imds.environment());
            status = builder.start().waitFor();
            cloud.assertNoViolations();
        }
        System.exit(status);
    }
}
