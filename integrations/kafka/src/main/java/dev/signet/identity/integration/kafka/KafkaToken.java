// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.kafka;

import dev.signet.identity.AccessToken;
import java.util.Set;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.jspecify.annotations.Nullable;

/** A token as Kafka's login keeps it. The start is left open, so Kafka counts from the moment it got the token. */
final class KafkaToken implements OAuthBearerToken {
    private final AccessToken token;
    private final Set<String> scope;

    KafkaToken(AccessToken token, String scope) {
        this.token = token;
        this.scope = Set.of(scope);
    }

    @Override
    public String value() {
        return token.token();
    }

    @Override
    public Set<String> scope() {
        return scope;
    }

    @Override
    public long lifetimeMs() {
        return token.expiresOn().toEpochMilli();
    }

    /** Only for the client's log; the broker reads the name in the token. */
    @Override
    public String principalName() {
        return token.credentialName();
    }

    @Override
    public @Nullable Long startTimeMs() {
        return null;
    }

    @Override
    public String toString() {
        return "KafkaToken[" + token + "]";
    }
}
