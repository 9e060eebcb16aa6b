// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import dev.signet.identity.testkit.internal.WireConnection;
import dev.signet.identity.testkit.internal.WireHandler;
import dev.signet.identity.testkit.internal.WireRequest;
import dev.signet.identity.testkit.internal.WireServer;
import java.io.IOException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server with a script: records and checks each request, then gives the scripted or the normal answer. */
final class EndpointServer implements WireHandler, AutoCloseable {
    private final String name;
    private final CloudLog log;
    private final Protocol protocol;
    private final EndpointScript script;
    private final EndpointScript asideScript;
    private final WireServer server;

    private EndpointServer(String name, WireServer server, CloudLog log, Protocol protocol) {
        this.name = name;
        this.server = server;
        this.log = log;
        this.protocol = protocol;
        this.script = new EndpointScript(log.clock());
        this.asideScript = new EndpointScript(log.clock());
    }

    /** Takes a port, so that a protocol can know its address before the first request comes. */
    static WireServer bind(String name, int port, @Nullable Supplier<SSLContext> tls) {
        return new WireServer("embedded-cloud-" + name, port, tls);
    }

    static EndpointServer start(String name, WireServer server, CloudLog log, Protocol protocol) {
        EndpointServer endpoint = new EndpointServer(name, server, log, protocol);
        server.start(endpoint);
        return endpoint;
    }

    /** How an endpoint should be asked and what it answers then. */
    interface Protocol {
        /** Compares a request with the protocol. */
        void check(RecordedRequest request, RequestCheck check);

        /** Answers as the real service would, also to a request that is not quite right. */
        Reply answer(RecordedRequest request);

        /** Called before an answer is sent that leaves a client no reason to repeat its request. */
        default void settled(RecordedRequest request) {}

        /** Whether a request is for a document beside the main purpose, which has a script of its own. */
        default boolean aside(RecordedRequest request) {
            return false;
        }
    }

    @Override
    public boolean handle(WireRequest wire, WireConnection connection) throws IOException, InterruptedException {
        RecordedRequest request = new RecordedRequest(name, wire);
        RequestCheck check = new RequestCheck(request, script.tolerated());
        protocol.check(request, check);
        log.add(request, check.problems());
        Reply reply = (protocol.aside(request) ? asideScript : script).record(request);
        EntraError ordered = reply.parts().error();
        if (ordered != null) {
            reply = reply.over(ordered.reply(request, log.clock().instant()));
        } else if (reply.parts().status() == 0) {
            reply = reply.over(protocol.answer(request));
        }
        if (reply.settles()) {
            protocol.settled(request);
        }
        return ReplyWriter.write(reply, connection);
    }

    @Override
    public void malformed(String problem) {
        log.add(new Violation(name, "not an HTTP request", problem));
    }

    EndpointScript script() {
        return script;
    }

    EndpointScript asideScript() {
        return asideScript;
    }

    WireServer wire() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }
}
