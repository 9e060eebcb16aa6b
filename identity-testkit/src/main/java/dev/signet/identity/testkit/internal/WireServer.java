// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server on 127.0.0.1 that leaves every byte of the answer to its handler. One daemon thread accepts,
 * one serves each connection; {@link #close} ends and joins all of them.
 */
public final class WireServer implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final String name;
    private final ServerSocket listener;
    private final @Nullable Supplier<SSLContext> tls;
    private final AtomicReference<@Nullable Thread> acceptor = new AtomicReference<>();
    private final Map<WireConnection, Thread> connections = new ConcurrentHashMap<>();
    private final AtomicInteger accepted = new AtomicInteger();

    /**
     * Takes a port; {@link #start} does the rest.
     *
     * @param name for its threads
     * @param port 0 for a free one
     * @param tls asked for each new connection; null for plain HTTP
     * @throws UncheckedIOException if the port is taken
     */
    public WireServer(String name, int port, @Nullable Supplier<SSLContext> tls) {
        this.name = name;
        this.tls = tls;
        try {
            this.listener = new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException taken) {
            throw new UncheckedIOException(name + " cannot listen on 127.0.0.1:" + port, taken);
        }
    }

    /**
     * Starts to accept connections. Called once.
     *
     * @param handler answers the requests
     */
    public void start(WireHandler handler) {
        Thread thread = new Thread(() -> accept(handler), name + "-accept");
        thread.setDaemon(true);
        acceptor.set(thread);
        thread.start();
    }

    /**
     * The port.
     *
     * @return 1 to 65535
     */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * How many connections clients have opened so far, whether or not a request came over them.
     *
     * @return a count
     */
    public int accepted() {
        return accepted.get();
    }

    /** Closes the connections that are open now; new ones are welcome. */
    public void dropConnections() {
        connections.keySet().forEach(WireConnection::close);
    }

    @Override
    public void close() {
        boolean interrupted = false;
        try {
            listener.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(name + " cannot be closed", gone);
        } finally {
            interrupted |= !join(acceptor.get());
            for (Map.Entry<WireConnection, Thread> connection : connections.entrySet()) {
                connection.getKey().close();
                connection.getValue().interrupt();
                interrupted |= !join(connection.getValue());
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean join(@Nullable Thread thread) {
        boolean undisturbed = true;
        while (thread != null && thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                undisturbed = false;
            }
        }
        return undisturbed;
    }

    private void accept(WireHandler handler) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                WireConnection connection = new WireConnection(socket, tls == null ? null : tls.get(), handler);
                Thread thread = new Thread(() -> serve(connection), name + "-" + accepted.incrementAndGet());
                thread.setDaemon(true);
                connections.put(connection, thread);
                thread.start();
            } catch (IOException closed) {
                Thread.onSpinWait(); // the loop's condition decides
            }
        }
    }

    private void serve(WireConnection connection) {
        try {
            connection.serve();
        } catch (IOException | InterruptedException end) {
            // The client went away or the server is closed: both end this connection and nothing else.
        } finally {
            connection.close();
            connections.remove(connection);
        }
    }
}
