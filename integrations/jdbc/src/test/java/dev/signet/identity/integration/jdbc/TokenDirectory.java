// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** As much of an LDAP server (RFC 4511) as PostgreSQL needs to have a password checked: the simple bind. */
final class TokenDirectory implements AutoCloseable {
    private static final int INVALID_CREDENTIALS = 49;
    private static final int SEQUENCE = 0x30;
    private static final int BIND_REQUEST = 0x60;

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final Predicate<String> password;

    /** A directory where whoever has a good password may use any name. */
    TokenDirectory(Predicate<String> password) throws IOException {
        this.password = password;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The names under which somebody signed in. */
    List<String> names() {
        return names;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            expect(in, SEQUENCE);
            length(in);
            byte[] number = element(in, 0x02);
            expect(in, BIND_REQUEST);
            length(in);
            element(in, 0x02);
            String name = new String(element(in, 0x04), StandardCharsets.UTF_8);
            boolean good = password.test(new String(element(in, 0x80), StandardCharsets.UTF_8));
            if (good) {
                names.add(name);
            }
            answer(client.getOutputStream(), number, good ? 0 : INVALID_CREDENTIALS);
            in.readAllBytes(); // the unbind request, and the end
        } catch (EOFException | InterruptedIOException gone) {
            // PostgreSQL first asks whether the port is open
        } catch (IOException broken) {
            throw new AssertionError("not the LDAP that PostgreSQL speaks", broken);
        }
    }

    private static void answer(OutputStream out, byte[] number, int code) throws IOException {
        byte[] result = {0x61, 0x07, 0x0A, 0x01, (byte) code, 0x04, 0x00, 0x04, 0x00};
        out.write(new byte[] {SEQUENCE, (byte) (2 + number.length + result.length), 0x02, (byte) number.length});
        out.write(number);
        out.write(result);
        out.flush();
    }

    private static byte[] element(DataInputStream in, int tag) throws IOException {
        expect(in, tag);
        return in.readNBytes(length(in));
    }

    private static void expect(DataInputStream in, int tag) throws IOException {
        int actual = in.readUnsignedByte();
        if (actual != tag) {
            throw new IOException("tag " + actual + " instead of " + tag);
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int length = first < 0x80 ? first : 0;
        for (int octets = first < 0x80 ? 0 : first - 0x80; octets > 0; octets--) {
            length = length << 8 | in.readUnsignedByte();
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
