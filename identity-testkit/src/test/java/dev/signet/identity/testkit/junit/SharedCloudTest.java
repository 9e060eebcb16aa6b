// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.Reply;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedCloudTest {
    @RegisterExtension
    static final EmbeddedCloudExtension EXTENSION = EmbeddedCloudExtension.perClass();

    private static EmbeddedCloud shared;

    @BeforeAll
    static void remember(EmbeddedCloud cloud) {
        shared = cloud;
    }

    @RepeatedTest(2)
    void cloud_isSharedAndResetBetweenTests(EmbeddedCloud cloud) throws Exception {
        assertSame(shared, cloud);
        assertTrue(cloud.requests().isEmpty(), "reset after the test before");
        cloud.imds().always(Reply.status(418));
        cloud.allowViolations();
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(cloud.imds().uri() + "/x").toURL().openConnection();
        assertEquals(418, connection.getResponseCode());
    }
}
