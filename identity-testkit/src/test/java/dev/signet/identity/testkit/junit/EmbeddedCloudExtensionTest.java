// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.signet.identity.testkit.EmbeddedCloud;
import java.net.HttpURLConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedCloudExtension.class)
class EmbeddedCloudExtensionTest {
    private final EmbeddedCloud injected;

    EmbeddedCloudExtensionTest(EmbeddedCloud injected) {
        this.injected = injected;
    }

    private static int wrongRequest(EmbeddedCloud cloud) throws Exception {
        HttpURLConnection connection = (HttpURLConnection)
                java.net.URI.create(cloud.imds().uri() + "/wrong").toURL().openConnection();
        return connection.getResponseCode();
    }

    @Test
    void constructorAndMethod_getTheSameCloud(EmbeddedCloud cloud) {
        assertSame(injected, cloud);
    }

    @Test
    void violations_allowed_doNotFail(EmbeddedCloud cloud) throws Exception {
        cloud.allowViolations();
        assertEquals(400, wrongRequest(cloud));
    }
}
