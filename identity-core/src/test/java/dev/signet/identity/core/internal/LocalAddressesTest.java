// SPDX-License-Identifier: MIT
package dev.signet.identity.core.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "a.localhost",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "[::1]",
                "[fe80::1]",
                "[FEBF::1]"
            })
    void isLocal_loopbackAndLinkLocal(String host) {
        assertTrue(LocalAddresses.isLocal(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1.example",
                "169.254.example",
                "10.0.0.1",
                "notlocalhost",
                "[fec0::1]",
                "[fea::1]",
                "[2001:db8::1]",
                "login.example"
            })
    void isLocal_others(String host) {
        assertFalse(LocalAddresses.isLocal(host));
    }
}
