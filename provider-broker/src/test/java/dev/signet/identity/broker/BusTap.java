// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Stands between one client and the message bus, and tells what the client called. */
final class BusTap implements AutoCloseable {
    /** The member of a call as it is in the header of a little-endian message: field 3, a string. */
    private static final Pattern MEMBER =
            Pattern.compile("\u0003\u0001s\u0000.\u0000{3}([A-Za-z]+)\u0000", Pattern.DOTALL);

    private final ServerSocketChannel server;
    private final Path bus;
    private final StringBuffer sent = new StringBuffer();

    private BusTap(ServerSocketChannel server, Path bus) {
        this.server = server;
        this.bus = bus;
    }

    /** Listens at a socket for a client of the bus. */
    static BusTap listen(Path socket, Path bus) throws IOException {
        BusTap tap = new BusTap(ServerSocketChannel.open(StandardProtocolFamily.UNIX), bus);
        tap.server.bind(UnixDomainSocketAddress.of(socket));
        start(tap::serve);
        return tap;
    }

    /** The members of all calls that the client has made, those of the bus itself included, in their order. */
    List<String> calls() {
        return MEMBER.matcher(sent)
                .results()
                .map((MatchResult call) -> call.group(1))
                .toList();
    }

    private void serve() {
        try (SocketChannel client = server.accept();
                SocketChannel daemon = SocketChannel.open(UnixDomainSocketAddress.of(bus))) {
            start(() -> copy(daemon, client, new StringBuffer()));
            copy(client, daemon, sent);
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void copy(SocketChannel from, SocketChannel to, StringBuffer seen) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                seen.append(StandardCharsets.ISO_8859_1.decode(buffer.duplicate()));
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException closed) {
            // one of the two has gone
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "bus-tap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
