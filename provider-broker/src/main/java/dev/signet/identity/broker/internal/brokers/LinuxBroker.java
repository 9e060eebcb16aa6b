// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.UnavailableReason;
import dev.signet.identity.broker.internal.dbus.BusConnection;
import dev.signet.identity.broker.internal.dbus.SessionBus;
import dev.signet.identity.msal.UserToken;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft's identity broker for Linux, or another one under its name, on the user's session bus. A connection lives
 * for one token: nothing is open and no thread runs between them.
 */
final class LinuxBroker implements Broker {
    /** How long a user may take. */
    static final Duration INTERACTIVE_TIMEOUT = Duration.ofMinutes(10);

    private static final String NOT_INSTALLED =
            "no identity broker (" + LinuxSession.BROKER + ") is installed on this machine's session bus";
    private static final String WENT_AWAY = "the session bus or the identity broker on it went away";

    private final ProviderContext context;
    private final SessionBus bus;
    private final Duration timeout;
    private final LinuxProtocol protocol;
    private final BrokerFailures failures;

    /** A broker that may take so long for what needs no user. */
    LinuxBroker(String credentialName, ProviderContext context, SessionBus bus, Duration timeout) {
        this.context = context;
        this.bus = bus;
        this.timeout = timeout;
        this.protocol = new LinuxProtocol(credentialName, context.environment());
        this.failures = new BrokerFailures(credentialName, LinuxProtocol.REDIRECT_URI);
    }

    /** What is done over one connection. */
    private interface Task<T> {
        T run(LinuxSession session) throws IOException;
    }

    @Override
    public UserToken silent(BrokerRequest request) {
        return connected(true, session -> {
            LinuxAccount account = account(session, request);
            return token(
                    session,
                    session.call(
                            "acquireTokenSilently",
                            protocol.tokenRequest(request, LinuxProtocol.SILENT, account),
                            timeout),
                    request,
                    account);
        });
    }

    @Override
    public UserToken interactive(BrokerRequest request) {
        return connected(false, session -> {
            LinuxAccount account = request.user().isDefault()
                    ? null
                    : LinuxAccount.select(
                            accounts(session, request),
                            request.user(),
                            request.application().tenantId());
            try {
                return token(
                        session,
                        session.call(
                                "acquireTokenInteractively",
                                protocol.tokenRequest(request, LinuxProtocol.INTERACTIVE, account),
                                INTERACTIVE_TIMEOUT),
                        request,
                        account);
            } catch (ClosedByInterruptException | SocketTimeoutException givenUp) {
                session.cancel();
                throw givenUp;
            }
        });
    }

    @Override
    public Optional<String> version() {
        return connected(true, session -> {
            JsonNode answer = session.call("getLinuxBrokerVersion", protocol.versionRequest(), timeout);
            return Optional.of(protocol.version(answer)).filter(version -> !version.isEmpty());
        });
    }

    @Override
    public Readiness explain() {
        return bus.socket().isPresent()
                ? new Readiness(Readiness.Status.UNKNOWN, "asks " + LinuxSession.BROKER + " on the session bus", "")
                : new Readiness(
                        Readiness.Status.NOT_CONFIGURED, absence(), "Use it in a desktop session that has a broker.");
    }

    private List<LinuxAccount> accounts(LinuxSession session, BrokerRequest request) throws IOException {
        JsonNode answer = session.call("getAccounts", protocol.accountsRequest(request), timeout);
        BrokerRefusal refusal = protocol.refusal(answer, session.correlationId());
        if (refusal != null) {
            throw failures.of(refusal, request.tokens());
        }
        return protocol.accounts(answer);
    }

    private LinuxAccount account(LinuxSession session, BrokerRequest request) throws IOException {
        List<LinuxAccount> accounts = accounts(session, request);
        LinuxAccount account = LinuxAccount.select(
                accounts, request.user(), request.application().tenantId());
        if (account == null) {
            boolean ambiguous = request.user().isDefault() && !accounts.isEmpty();
            throw ambiguous
                    ? failures.noAccount(
                            "several users are signed in to the identity broker",
                            "Set loginHint to the name of one of them.",
                            session.correlationId())
                    : failures.noAccount(
                            accounts.isEmpty()
                                    ? "nobody is signed in to the identity broker"
                                    : "the user it was asked for is not signed in to the identity broker",
                            "Sign in with an application that uses the broker, for example Microsoft Edge.",
                            session.correlationId());
        }
        return account;
    }

    private UserToken token(
            LinuxSession session, JsonNode answer, BrokerRequest request, @Nullable LinuxAccount account) {
        BrokerRefusal refusal = protocol.refusal(answer, session.correlationId());
        if (refusal != null) {
            throw failures.of(refusal, request.tokens());
        }
        return protocol.token(answer, request, account)
                .orElseThrow(() -> failures.noAnswer(
                        "the broker's answer has no token with its user and expiry", session.correlationId()));
    }

    /** Runs a task, and once more when the broker went away in the middle and nothing is lost by asking again. */
    private <T> T connected(boolean repeatable, Task<T> task) {
        Path socket = bus.socket().orElseThrow(() -> failures.absent(UnavailableReason.NOT_REACHABLE, absence()));
        String correlationId = UUID.randomUUID().toString().toLowerCase(Locale.ROOT);
        try {
            try {
                return once(
                        socket,
                        correlationId,
                        task,
                        () -> failures.absent(UnavailableReason.NOT_REACHABLE, NOT_INSTALLED));
            } catch (ClosedByInterruptException | SocketTimeoutException givenUp) {
                throw givenUp;
            } catch (IOException lost) {
                if (!repeatable) {
                    throw lost;
                }
                return once(socket, correlationId, task, () -> failures.lost(WENT_AWAY, correlationId));
            }
        } catch (CancellationException interrupted) {
            throw failures.interrupted(correlationId);
        } catch (IOException failure) {
            throw translated(failure, correlationId);
        }
    }

    private <T> T once(
            Path socket, String correlationId, Task<T> task, Supplier<ClientAuthenticationException> withoutBroker)
            throws IOException {
        try (BusConnection connection = BusConnection.open(socket, context.clock())) {
            LinuxSession session = new LinuxSession(connection, context.sleeper(), failures, correlationId);
            if (!session.hasBroker()) {
                throw withoutBroker.get();
            }
            return task.run(session);
        }
    }

    private ClientAuthenticationException translated(IOException failure, String correlationId) {
        if (failure instanceof ClosedByInterruptException) {
            return failures.interrupted(correlationId);
        }
        if (failure instanceof SocketTimeoutException) {
            return failures.noAnswer("the identity broker did not answer in time", correlationId);
        }
        return failures.lost(WENT_AWAY, correlationId);
    }

    private String absence() {
        String kernel = context.environment().property("os.version").orElse("").toLowerCase(Locale.ROOT);
        return kernel.contains("microsoft")
                ? bus.absence() + ", and the broker of Windows cannot be reached from its Linux subsystem"
                : bus.absence();
    }
}
