// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.identity.testkit.junit.EmbeddedCloudExtension;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedCloudExtension.class)
class ResourceManagerEndpointTest {
    private static final String LIST = "subscriptions?api-version=2019-11-01";

    @Test
    void get_withToken_listsSubscriptions(EmbeddedCloud cloud) throws IOException {
        ResourceManagerEndpoint endpoint = cloud.resourceManager();
        assertEquals("{\"value\":[]}", get(cloud, LIST, "Bearer x").body());
        endpoint.addSubscription("ABC", "My Sub");

        HttpCalls.Answer response = get(cloud, LIST, "Bearer x");

        assertEquals(200, response.status());
        assertEquals(
                "{\"value\":[{\"id\":\"/subscriptions/abc\",\"subscriptionId\":\"ABC\",\"tenantId\":\""
                        + EmbeddedAuthority.DEFAULT_TENANT
                        + "\",\"displayName\":\"My Sub\",\"state\":\"Enabled\",\"managedByTenants\":[]}]}",
                response.body());
        assertSame(endpoint, cloud.resourceManager());
        assertEquals(Map.of(), endpoint.environment());
        assertEquals(2, endpoint.requests().size());
        cloud.reset();
        assertEquals("{\"value\":[]}", get(cloud, LIST, "Bearer x").body());
    }

    @Test
    void get_otherwise_isRefusedAndNoted(EmbeddedCloud cloud) throws IOException {
        assertEquals(401, get(cloud, LIST, "Basic x").status());
        assertEquals(404, get(cloud, "tenants?api-version=1", "Bearer x").status());
        assertEquals(200, get(cloud, "subscriptions", "Bearer x").status());

        assertThrows(AssertionError.class, cloud::assertNoViolations);
        assertEquals(3, cloud.violations().size(), cloud.violations().toString());
        cloud.allowViolations();
    }

    private static HttpCalls.Answer get(EmbeddedCloud cloud, String path, String authorization) throws IOException {
        String uri = cloud.resourceManager().uri().resolve(path).toString();
        return HttpCalls.get(cloud.authority().sslContext(), uri, "Authorization", authorization);
    }
}
