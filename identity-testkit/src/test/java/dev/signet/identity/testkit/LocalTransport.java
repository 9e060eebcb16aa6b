// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The least that a transport can be; remembers what it was given. */
final class LocalTransport implements HttpTransport {
    private final List<TransportRequest> requests = new CopyOnWriteArrayList<>();

    List<TransportRequest> requests() {
        return requests;
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        requests.add(request);
        URI uri = request.uri();
        try (Socket plain = new Socket("127.0.0.1", uri.getPort());
                Socket socket = uri.getScheme().equals("https") ? secured(plain, request) : plain) {
            socket.setSoTimeout(10_000);
            StringBuilder head = new StringBuilder(request.method() + " " + uri.getRawPath());
            head.append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                    .append(" HTTP/1.1\r\nHost: ")
                    .append(uri.getRawAuthority())
                    .append("\r\n");
            request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
            head.append("Content-Length: ").append(request.body().length).append("\r\nConnection: close\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
            out.write(request.body());
            out.flush();
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Socket secured(Socket plain, TransportRequest request) throws IOException {
        String name = request.serverName().orElse(request.uri().getHost());
        SSLSocketFactory factory = request.sslSocketFactory().orElseThrow();
        SSLSocket socket =
                (SSLSocket) factory.createSocket(plain, name, request.uri().getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName(name)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static TransportResponse parse(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        String[] lines = answer.substring(0, end).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        return new TransportResponse(status, headers, answer.substring(end + 4).getBytes(StandardCharsets.UTF_8));
    }
}
