// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that says exactly the bytes a test gives it, one script for every connection. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What happens on a connection. */
    interface Script {
        void serve(Exchange exchange) throws IOException;
    }

    RawServer(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), script);
    }

    RawServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        Thread acceptor = new Thread(this::accept, "raw-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** A server that answers every request with the same text and closes. */
    static RawServer answering(String answer) throws IOException {
        return new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write(answer);
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Heads and bodies received, in the order of their arrival. */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return sockets.size();
    }

    /** Whether the client has closed connection number {@code index}; waits for it. */
    boolean clientClosed(int index) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sockets.size() <= index && System.nanoTime() < end) {
            Thread.yield();
        }
        Socket socket = sockets.get(index);
        socket.setSoTimeout(10_000);
        try {
            InputStream input = socket.getInputStream();
            int b = input.read();
            while (b >= 0) {
                b = input.read();
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread worker = new Thread(() -> serve(socket), "raw-server-connection");
                worker.setDaemon(true);
                worker.start();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        Exchange exchange = new Exchange(socket);
        try {
            script.serve(exchange);
            if (!exchange.kept) {
                socket.close();
            }
        } catch (IOException gone) {
            // clients may leave when they like
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One connection, seen from the server. */
    final class Exchange {
        final Socket socket;
        private boolean kept;

        Exchange(Socket socket) {
            this.socket = socket;
        }

        String readRequest() throws IOException {
            InputStream input = socket.getInputStream();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                int b = input.read();
                if (b < 0) {
                    throw new IOException("the client left");
                }
                bytes.write(b);
                head = bytes.toString(StandardCharsets.ISO_8859_1);
            }
            int at = head.indexOf("Content-Length: ");
            int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
            String request = head + new String(input.readNBytes(length), StandardCharsets.ISO_8859_1);
            requests.add(request);
            return request;
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void write(byte[] bytes) throws IOException {
            OutputStream output = socket.getOutputStream();
            output.write(bytes);
            output.flush();
        }

        /** Leaves the connection open when the script ends. */
        void keepOpen() {
            kept = true;
        }

        /** Waits; true when the server is being closed. */
        boolean pause(long millis) {
            try {
                return closing.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                return true;
            }
        }
    }
}
