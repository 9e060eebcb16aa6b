// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An account as the Linux broker describes it. It goes back to the broker as it came, unknown members included. */
record LinuxAccount(JsonNode json) {
    String homeAccountId() {
        return text("homeAccountId");
    }

    String userName() {
        return text("username");
    }

    String realm() {
        return text("realm");
    }

    private String text(String member) {
        return json.path(member).asText("");
    }

    /**
     * The entry to use among those of one user: the same user is there once for each tenant.
     *
     * @param accounts all that the broker has
     * @param user whom to look for
     * @param tenantId the tenant that is asked
     * @return null if nobody fits, or if anybody would do and there are several
     */
    static @Nullable LinuxAccount select(List<LinuxAccount> accounts, BrokerUser user, String tenantId) {
        LinuxAccount best = null;
        Set<String> people = new HashSet<>();
        for (LinuxAccount account : accounts) {
            if (account.is(user)) {
                people.add(account.homeAccountId().toLowerCase(Locale.ROOT));
                best = best == null || account.rank(tenantId) < best.rank(tenantId) ? account : best;
            }
        }
        return user.isDefault() && people.size() > 1 ? null : best;
    }

    private boolean is(BrokerUser user) {
        return user.homeAccountId().isEmpty()
                ? user.userName().isEmpty() || userName().equalsIgnoreCase(user.userName())
                : homeAccountId().equalsIgnoreCase(user.homeAccountId());
    }

    private int rank(String tenantId) {
        if (realm().equalsIgnoreCase(tenantId)) {
            return 0;
        }
        return homeAccountId().endsWith("." + realm()) ? 1 : 2;
    }

    @Override
    public String toString() {
        return "LinuxAccount[***]";
    }
}
