// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.dbus;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection to a message bus, for one caller at a time. Everything happens on the caller's thread; an interrupt ends
 * a wait with {@link ClosedByInterruptException} and leaves the flag set, a deadline with {@link SocketTimeoutException}.
 */
public final class BusConnection implements Closeable {
    private static final Duration GREETING = Duration.ofSeconds(5);
    private static final int MAX_LINE = 512;

    /** The bus says by these that the service went away while it owed an answer. */
    private static final Set<String> LOST =
            Set.of("org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Disconnected");

    private final SocketChannel channel;
    private final Selector selector;
    private final InstantSource clock;
    private final AtomicInteger serials = new AtomicInteger();

    private BusConnection(SocketChannel channel, Selector selector, InstantSource clock) {
        this.channel = channel;
        this.selector = selector;
        this.clock = clock;
    }

    /**
     * Connects to a bus as the user that the process runs as.
     *
     * @param socket the bus's socket
     * @param clock for deadlines
     * @return a connection with a name on the bus
     * @throws IOException if nobody listens there, or the bus does not take the user
     */
    public static BusConnection open(Path socket, InstantSource clock) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            boolean unused = channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            BusConnection connection = new BusConnection(channel, Selector.open(), clock);
            try {
                connection.greet();
                return connection;
            } catch (IOException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** The bus takes the user's id from the socket itself, so that nobody needs to know it. */
    private void greet() throws IOException {
        Instant deadline = clock.instant().plus(GREETING);
        write(ascii("\0AUTH EXTERNAL\r\nDATA\r\n"), deadline);
        String line = line(deadline);
        while (line.startsWith("DATA")) {
            line = line(deadline);
        }
        if (!line.startsWith("OK ")) {
            throw new IOException("the message bus does not take this user");
        }
        write(ascii("BEGIN\r\n"), deadline);
        if (call(BusCall.ofBus("Hello"), GREETING).isError()) {
            throw new IOException("the message bus gives no name");
        }
    }

    /**
     * Calls a method and waits for its answer.
     *
     * @param call what to call
     * @param timeout how long the answer may take
     * @return the answer, which may be an error
     * @throws IOException if the bus or the service went away, {@link SocketTimeoutException} if there was no answer in
     *     time, {@link ClosedByInterruptException} if the thread was interrupted
     */
    public BusReply call(BusCall call, Duration timeout) throws IOException {
        Instant deadline = clock.instant().plus(timeout);
        int serial = serials.incrementAndGet();
        write(BusMessage.call(call, serial, true), deadline);
        while (true) {
            ByteBuffer header = read(BusMessage.FIXED_HEADER, deadline);
            ByteBuffer message = ByteBuffer.allocate(BusMessage.FIXED_HEADER + BusMessage.remainder(header));
            message.put(header);
            fill(message, deadline);
            BusMessage.Incoming incoming = BusMessage.read(message.flip());
            boolean answer = incoming.type() == BusMessage.METHOD_RETURN || incoming.type() == BusMessage.ERROR;
            if (answer && incoming.replyTo() == serial) {
                if (LOST.contains(incoming.reply().error())) {
                    throw new EOFException("the service went away");
                }
                return incoming.reply();
            }
        }
    }

    /**
     * Calls a method without waiting for an answer, even on a thread that was interrupted.
     *
     * @param call what to call
     * @throws IOException if the bus does not take it
     */
    public void send(BusCall call) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            write(
                    BusMessage.call(call, serials.incrementAndGet(), false),
                    clock.instant().plus(GREETING));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String line(Instant deadline) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < MAX_LINE) {
            char c = (char) (read(1, deadline).get() & 0x7F);
            if (c == '\n') {
                return line.toString().strip();
            }
            line.append(c);
        }
        throw new IOException("what listens there is no message bus");
    }

    private ByteBuffer read(int bytes, Instant deadline) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        fill(buffer, deadline);
        return buffer.flip();
    }

    private void fill(ByteBuffer buffer, Instant deadline) throws IOException {
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer);
            if (count < 0) {
                throw new EOFException("the message bus closed the connection");
            }
            if (count == 0) {
                await(SelectionKey.OP_READ, deadline);
            }
        }
    }

    private void write(ByteBuffer buffer, Instant deadline) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    private void await(int operation, Instant deadline) throws IOException {
        long left = Duration.between(clock.instant(), deadline).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        SelectionKey unused = channel.register(selector, operation);
        int ready = selector.select(left);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        if (ready == 0) {
            throw new SocketTimeoutException("no answer in time");
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
