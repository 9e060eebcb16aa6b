// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import com.sun.net.httpserver.HttpServer;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.FailureDetails;
import dev.signet.identity.Outcome;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits on this machine for the one answer that a browser brings: on the loopback addresses of IPv4 and IPv6, since
 * {@code localhost} may mean either. What else comes, whatever it is, does not end the wait. Its threads end with it.
 */
final class LoopbackListener implements AutoCloseable {
    static final String WITHOUT_BROWSER = "Use DeviceCodeCredential, which needs no browser on this machine.";

    private static final int ATTEMPTS = 20;
    private static final int BACKLOG = 50;

    private final String credentialName;
    private final URI redirectUri;
    private final List<HttpServer> servers;
    private final CompletableFuture<Map<String, String>> answer;

    private LoopbackListener(
            String credentialName,
            URI redirectUri,
            List<HttpServer> servers,
            CompletableFuture<Map<String, String>> answer) {
        this.credentialName = credentialName;
        this.redirectUri = redirectUri;
        this.servers = servers;
        this.answer = answer;
    }

    /**
     * Takes the port and listens.
     *
     * @throws ClientAuthenticationException if the port is taken
     */
    static LoopbackListener open(
            String credentialName, RedirectTarget target, AnswerHandler handler, Executor executor) {
        List<HttpServer> servers = bind(credentialName, target);
        for (HttpServer server : servers) {
            server.setExecutor(executor);
            server.createContext("/", handler);
            server.start();
        }
        int port = servers.get(0).getAddress().getPort();
        return new LoopbackListener(credentialName, target.uri(port), servers, handler.answer());
    }

    private static List<HttpServer> bind(String credentialName, RedirectTarget target) {
        IOException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                return bind(target.port());
            } catch (IOException taken) {
                last = taken;
                if (target.port() != 0) {
                    break;
                }
            }
        }
        String where = target.port() == 0
                ? "no port of this machine can"
                : "port " + target.port() + " of this machine cannot";
        throw new ClientAuthenticationException(
                FailureDetails.rejected(
                                credentialName,
                                where + " be listened on for the browser's answer: "
                                        + (last == null ? "" : last.getMessage()))
                        .outcome(Outcome.UNAVAILABLE)
                        .remedy("End the program that uses it, or set another redirectUri.")
                        .build(),
                last);
    }

    private static List<HttpServer> bind(int wanted) throws IOException {
        List<HttpServer> servers = new ArrayList<>();
        try {
            servers.add(HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted), BACKLOG));
            int port = servers.get(0).getAddress().getPort();
            byte[] six = new byte[16];
            six[15] = 1;
            try {
                servers.add(HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(six), port), BACKLOG));
            } catch (BindException unavailable) {
                if (isTaken(six, port)) {
                    throw unavailable;
                }
            } catch (IOException noSuchProtocol) {
                // then localhost cannot mean it either
            }
            return servers;
        } catch (IOException failure) {
            servers.forEach(server -> server.stop(0));
            throw failure;
        }
    }

    /** Whether somebody else listens there, who would get the answer; else the machine has no IPv6. */
    private static boolean isTaken(byte[] address, int port) {
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(address), port), 1000);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    URI redirectUri() {
        return redirectUri;
    }

    /**
     * The fields of the answer.
     *
     * @param obstacle why it may never come; empty if nothing is known
     * @throws ClientAuthenticationException if none came in time, or the thread was interrupted
     */
    Map<String, String> await(Duration timeout, String obstacle) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            String why = obstacle.isEmpty() ? "perhaps the browser's window was closed" : obstacle;
            throw new ClientAuthenticationException(FailureDetails.rejected(
                            credentialName, "timed out: nobody signed in within " + timeout.toSeconds() + " s; " + why)
                    .remedy(obstacle.isEmpty() ? "Try again." : WITHOUT_BROWSER)
                    .build());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClientAuthenticationException(
                    FailureDetails.rejected(credentialName, "interrupted while waiting for the browser's answer")
                            .outcome(Outcome.CANCELLED)
                            .build(),
                    interrupted);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("an answer is either there or not", impossible);
        }
    }

    /** An interrupted thread would not wait until the port is free. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        for (HttpServer server : servers) {
            server.stop(0);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
