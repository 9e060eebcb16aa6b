// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.dbus;

import java.util.List;

/**
 * A method call whose arguments are texts. {@link #toString()} leaves them out, since they may be private.
 *
 * @param destination the bus name of the service
 * @param path the object
 * @param type the interface
 * @param member the method
 * @param arguments in their order
 */
public record BusCall(String destination, String path, String type, String member, List<String> arguments) {
    private static final String BUS = "org.freedesktop.DBus";

    /**
     * A call of the message bus itself.
     *
     * @param member the method
     * @param arguments in their order
     * @return the call
     */
    public static BusCall ofBus(String member, String... arguments) {
        return new BusCall(BUS, "/org/freedesktop/DBus", BUS, member, List.of(arguments));
    }

    @Override
    public String toString() {
        return "BusCall[" + type + "." + member + "]";
    }
}
