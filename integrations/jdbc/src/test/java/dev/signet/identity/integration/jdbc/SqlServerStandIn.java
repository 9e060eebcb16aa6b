// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.jdbc;

import dev.signet.identity.testkit.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * As much of SQL Server as the driver needs to sign in with a token: TDS 8.0, which is TLS from the first byte, and
 * the federated authentication of MS-TDS (sections 2.2.6.3 and 2.2.7.12). There is no SQL Server for every machine.
 */
final class SqlServerStandIn implements AutoCloseable {
    private static final int FEDERATED_TOKEN = 0x08;
    private static final int LOGIN = 0x10;
    private static final int PRELOGIN = 0x12;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String resource;
    private final Predicate<String> accepts;

    /** A server that asks for a token for a resource and takes those that pass a test. */
    SqlServerStandIn(CertificateAuthority authority, String resource, Predicate<String> accepts) throws IOException {
        this.resource = resource;
        this.accepts = accepts;
        server = authority
                .serverSslContext("localhost")
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getByName("localhost"));
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
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
            OutputStream out = client.getOutputStream();
            message(in, PRELOGIN);
            reply(out, prelogin());
            message(in, LOGIN);
            reply(out, federatedAuthenticationInfo());
            byte[] token = message(in, FEDERATED_TOKEN);
            String text = new String(token, 8, token.length - 8, StandardCharsets.UTF_16LE);
            reply(out, accepts.test(text) ? signedIn() : refused());
            in.readAllBytes();
        } catch (IOException gone) {
            // the driver closed the connection
        }
    }

    /** One message, put together from its packets. */
    private static byte[] message(DataInputStream in, int type) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean last = false;
        while (!last) {
            int actual = in.readUnsignedByte();
            if (actual != type) {
                throw new AssertionError("packet of type " + actual + " instead of " + type);
            }
            last = (in.readUnsignedByte() & 1) == 1;
            int length = in.readUnsignedShort();
            in.readInt();
            message.write(in.readNBytes(length - 8));
        }
        return message.toByteArray();
    }

    private static void reply(OutputStream out, byte[] message) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(8 + message.length);
        packet.put((byte) 0x04).put((byte) 1).putShort((short) packet.capacity());
        packet.putShort((short) 0).put((byte) 1).put((byte) 0).put(message);
        out.write(packet.array());
        out.flush();
    }

    /** Version 16; encryption is on; a token is required. */
    private static byte[] prelogin() {
        return ByteBuffer.allocate(24)
                .put((byte) 0)
                .putShort((short) 16)
                .putShort((short) 6)
                .put((byte) 1)
                .putShort((short) 22)
                .putShort((short) 1)
                .put((byte) 6)
                .putShort((short) 23)
                .putShort((short) 1)
                .put((byte) 0xFF)
                .put(new byte[] {16, 0, 16, 0, 0, 0})
                .put((byte) 1)
                .put((byte) 1)
                .array();
    }

    private byte[] federatedAuthenticationInfo() {
        byte[] authority = utf16("https://login.windows.net/common");
        byte[] audience = utf16(resource);
        int data = 4 + 2 * 9;
        return little(1 + 4 + data + authority.length + audience.length)
                .put((byte) 0xEE)
                .putInt(data + authority.length + audience.length)
                .putInt(2)
                .put((byte) 1)
                .putInt(authority.length)
                .putInt(data)
                .put((byte) 2)
                .putInt(audience.length)
                .putInt(data + authority.length)
                .put(authority)
                .put(audience)
                .array();
    }

    private static byte[] signedIn() {
        byte[] name = utf16("SignetTestServer");
        ByteBuffer reply = little(256).put((byte) 0xAD).putShort((short) (10 + name.length));
        reply.put((byte) 1).put(new byte[] {8, 0, 0, 0});
        reply.put((byte) (name.length / 2)).put(name).put(new byte[] {16, 0, 16, 0});
        reply.put((byte) 0xAE).put((byte) 2).putInt(0).put((byte) 0xFF);
        return done(reply, 0);
    }

    private static byte[] refused() {
        byte[] text = utf16("Login failed for user '<token-identified principal>'.");
        ByteBuffer reply = little(256).put((byte) 0xAA).putShort((short) (6 + 2 + text.length + 1 + 1 + 4));
        reply.putInt(18456).put((byte) 1).put((byte) 14);
        reply.putShort((short) (text.length / 2)).put(text);
        reply.put((byte) 0).put((byte) 0).putInt(1);
        return done(reply, 2);
    }

    private static byte[] done(ByteBuffer reply, int status) {
        reply.put((byte) 0xFD).putShort((short) status).putShort((short) 0).putLong(0);
        return Arrays.copyOf(reply.array(), reply.position());
    }

    private static ByteBuffer little(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
