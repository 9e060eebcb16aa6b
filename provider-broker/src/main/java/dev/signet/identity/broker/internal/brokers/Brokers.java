// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import dev.signet.identity.broker.internal.dbus.SessionBus;
import dev.signet.identity.spi.ProviderContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Chooses the broker of the operating system. */
public final class Brokers {
    /** How long a broker may take unless set, where it asks nobody. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private Brokers() {}

    /**
     * The broker of the operating system that the context names. Nothing of it is loaded or connected to yet.
     *
     * @param credentialName for messages
     * @param context everything ambient
     * @param timeout how long it may take where no user is asked
     * @return one that always says why it is not there, where there is none
     */
    public static Broker of(String credentialName, ProviderContext context, Duration timeout) {
        String system =
                context.environment().property("os.name").orElse("").strip().toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return new WindowsBroker(credentialName, context, () -> new MsalWamRuntime(credentialName), timeout);
        }
        if (system.equals("linux")) {
            SessionBus bus = new SessionBus(context.environment(), Path.of("/run/user"));
            return new LinuxBroker(credentialName, context, bus, timeout);
        }
        return new AbsentBroker(
                credentialName,
                system.startsWith("mac")
                        ? "the broker of macOS cannot be reached from Java"
                        : "this operating system has no identity broker");
    }
}
