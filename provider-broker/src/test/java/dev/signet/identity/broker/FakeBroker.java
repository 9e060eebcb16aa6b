// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.freedesktop.DBus;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.interfaces.DBusInterface;

/**
 * An identity broker in a process of its own, written with another D-Bus library than ours. Its standard input says how
 * it answers ({@code method behaviour argument}, the last behaviour of a method stays), its standard output which calls
 * came.
 */
public final class FakeBroker {
    private static final Map<String, Deque<String[]>> SCRIPT = new ConcurrentHashMap<>();
    private static final Semaphore RELEASED = new Semaphore(0);

    private FakeBroker() {}

    /** The interface of the broker. */
    @DBusInterfaceName("com.microsoft.identity.Broker1")
    public interface Methods extends DBusInterface {
        @DBusMemberName("getLinuxBrokerVersion")
        String getLinuxBrokerVersion(String version, String correlationId, String json);

        @DBusMemberName("getAccounts")
        String getAccounts(String version, String correlationId, String json);

        @DBusMemberName("acquireTokenSilently")
        String acquireTokenSilently(String version, String correlationId, String json);

        @DBusMemberName("acquireTokenInteractively")
        String acquireTokenInteractively(String version, String correlationId, String json);

        @DBusMemberName("cancelInteractiveFlow")
        String cancelInteractiveFlow(String version, String correlationId, String json);
    }

    /** Serves until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        DBusConnection connection =
                DBusConnectionBuilder.forAddress(arguments[0]).withShared(false).build();
        connection.exportObject("/com/microsoft/identity/broker1", new Broker());
        connection.requestBusName("com.microsoft.identity.broker1");
        print("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split(" ", 3);
            Deque<String[]> steps = SCRIPT.computeIfAbsent(parts[0], method -> new ConcurrentLinkedDeque<>());
            if (parts[1].equals("reset")) {
                steps.clear();
            } else if (parts[1].equals("release")) {
                RELEASED.release();
            } else {
                steps.add(
                        new String[] {parts[1], new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8)
                        });
            }
            print("ok");
        }
        Runtime.getRuntime().halt(0);
    }

    private static synchronized void print(String line) {
        System.out.println(">>" + line);
        System.out.flush();
    }

    private static final class Broker implements Methods {
        @Override
        public String getLinuxBrokerVersion(String version, String correlationId, String json) {
            return answer("getLinuxBrokerVersion", version, correlationId, json);
        }

        @Override
        public String getAccounts(String version, String correlationId, String json) {
            return answer("getAccounts", version, correlationId, json);
        }

        @Override
        public String acquireTokenSilently(String version, String correlationId, String json) {
            return answer("acquireTokenSilently", version, correlationId, json);
        }

        @Override
        public String acquireTokenInteractively(String version, String correlationId, String json) {
            return answer("acquireTokenInteractively", version, correlationId, json);
        }

        @Override
        public String cancelInteractiveFlow(String version, String correlationId, String json) {
            return answer("cancelInteractiveFlow", version, correlationId, json);
        }

        private static String answer(String method, String version, String correlationId, String json) {
            String call = String.join("\n", method, version, correlationId, json);
            print("call " + Base64.getEncoder().encodeToString(call.getBytes(StandardCharsets.UTF_8)));
            Deque<String[]> steps = SCRIPT.getOrDefault(method, new ConcurrentLinkedDeque<>());
            String[] step = steps.size() > 1 ? steps.poll() : steps.peek();
            String[] what = step == null ? new String[] {"answer", "{}"} : step;
            switch (what[0]) {
                case "error" -> throw DBus.Error.of(what[1]);
                case "hold" -> RELEASED.acquireUninterruptibly();
                case "hang" -> hang();
                case "die" -> Runtime.getRuntime().halt(1);
                default -> {}
            }
            return what[1];
        }

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isRemote() {
            return false;
        }

        @Override
        public String getObjectPath() {
            return "/com/microsoft/identity/broker1";
        }
    }
}
