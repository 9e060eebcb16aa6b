// SPDX-License-Identifier: MIT
package dev.signet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ManagedIdentityIdTest {
    @Test
    void id_kindMatters() {
        assertSame(ManagedIdentityId.systemAssigned(), ManagedIdentityId.systemAssigned());
        assertEquals(ManagedIdentityId.clientId("x"), ManagedIdentityId.clientId("x"));
        assertNotEquals(ManagedIdentityId.clientId("x"), ManagedIdentityId.objectId("x"));
        assertNotEquals(ManagedIdentityId.objectId("x"), ManagedIdentityId.resourceId("x"));
    }

    @Test
    void id_blank_isRefused() {
        Map<String, Function<String, ManagedIdentityId>> kinds = Map.of(
                "clientId", ManagedIdentityId::clientId,
                "objectId", ManagedIdentityId::objectId,
                "resourceId", ManagedIdentityId::resourceId);
        kinds.forEach((name, kind) -> assertEquals(
                "managed identity " + name + " must not be blank; leave it out for the system-assigned identity",
                assertThrows(IllegalArgumentException.class, () -> kind.apply(" "))
                        .getMessage()));
    }
}
