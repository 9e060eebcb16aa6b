// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.identity.broker.internal.dbus.BusCall;
import dev.signet.identity.broker.internal.dbus.BusConnection;
import dev.signet.identity.broker.internal.dbus.BusReply;
import dev.signet.identity.spi.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls for one token over one connection. Only method names, correlation ids and error names are logged. */
final class LinuxSession {
    static final String BROKER = "com.microsoft.identity.broker1";

    private static final Logger LOG = LoggerFactory.getLogger("dev.signet.identity.broker");
    private static final String PATH = "/com/microsoft/identity/broker1";
    private static final String INTERFACE = "com.microsoft.identity.Broker1";

    /** The one version that all brokers know. */
    private static final String PROTOCOL_VERSION = "0.0";

    private static final Duration PROBE = Duration.ofSeconds(5);
    private static final Duration START_PAUSE = Duration.ofMillis(100);
    private static final int START_PAUSES = 50;
    private static final String ERRORS = "org.freedesktop.DBus.Error.";

    /** So the bus answers for a service that was started a moment ago. */
    private static final Set<String> STARTING =
            Set.of(ERRORS + "UnknownObject", ERRORS + "UnknownMethod", ERRORS + "ServiceUnknown");

    private final BusConnection connection;
    private final Sleeper sleeper;
    private final BrokerFailures failures;
    private final String correlationId;

    LinuxSession(BusConnection connection, Sleeper sleeper, BrokerFailures failures, String correlationId) {
        this.connection = connection;
        this.sleeper = sleeper;
        this.failures = failures;
        this.correlationId = correlationId;
    }

    String correlationId() {
        return correlationId;
    }

    /** Whether there is a broker; starts nothing. */
    boolean hasBroker() throws IOException {
        return connection
                        .call(BusCall.ofBus("NameHasOwner", BROKER), PROBE)
                        .text()
                        .equals("true")
                || connection
                        .call(BusCall.ofBus("ListActivatableNames"), PROBE)
                        .texts()
                        .contains(BROKER);
    }

    /** Calls a method of the broker; the answer is a JSON object. */
    JsonNode call(String method, String request, Duration timeout) throws IOException {
        LOG.debug("broker call {} {}", method, correlationId);
        BusReply reply = connection.call(call(method, request), timeout);
        for (int i = 0; i < START_PAUSES && STARTING.contains(reply.error()); i++) {
            sleeper.sleep(START_PAUSE);
            reply = connection.call(call(method, request), timeout);
        }
        if (reply.isError()) {
            throw refused(method, reply.error());
        }
        JsonNode answer = LinuxProtocol.parse(reply.text());
        if (answer == null) {
            throw failures.noAnswer("the broker's answer to " + method + " is not JSON", correlationId);
        }
        return answer;
    }

    private RuntimeException refused(String method, String error) {
        LOG.debug("broker call {} {} failed: {}", method, correlationId, error);
        String name = error.startsWith(ERRORS) ? error.substring(ERRORS.length()) : "another";
        if (name.equals("AccessDenied") || name.startsWith("Spawn") || STARTING.contains(error)) {
            return failures.lost("the identity broker cannot be used: the session bus answers " + name, correlationId);
        }
        return failures.noAnswer("the broker answered " + method + " with the D-Bus error " + name, correlationId);
    }

    /** Takes the broker's dialog away from a user for whom nobody waits any more. Best effort. */
    void cancel() {
        try {
            connection.send(call("cancelInteractiveFlow", "{}"));
        } catch (IOException gone) {
            LOG.debug("broker call cancelInteractiveFlow {} failed", correlationId);
        }
    }

    private BusCall call(String method, String request) {
        return new BusCall(BROKER, PATH, INTERFACE, method, List.of(PROTOCOL_VERSION, correlationId, request));
    }
}
