// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import dev.signet.identity.TokenCachePersistenceOptions;
import dev.signet.identity.interactive.DeviceCodeCredential;
import dev.signet.identity.msal.AuthenticationRecord;

/** The block of README, compiled. */
final class PersistenceSnippets {
    private PersistenceSnippets() {}

    static DeviceCodeCredential persistence() {
        // tag::persistence
        var persistence = TokenCachePersistenceOptions.defaults();
        var first = DeviceCodeCredential.builder()
                .tokenCachePersistenceOptions(persistence)
                .build();
        String record = first.authenticate().toJson();

        var later = DeviceCodeCredential.builder()
                .tokenCachePersistenceOptions(persistence)
                .authenticationRecord(AuthenticationRecord.fromJson(record))
                .build();
        // end::persistence
        return later;
    }
}
