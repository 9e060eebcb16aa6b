// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.UncheckedIOException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {
    private static final URI PUBLIC = URI.create("https://login.microsoftonline.com/t/oauth2/v2.0/token");

    private final TestContexts contexts = new TestContexts();
    private final List<TransportRequest> requests = new ArrayList<>();
    private final Region automatic = new Region("", new AtomicReference<>());

    private ProviderContext metadata(int status, String body) {
        return contexts.with(request -> {
            requests.add(request);
            return new TransportResponse(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static Region named(String name) {
        Region region = Region.of(Environment.empty(), name);
        if (region == null) {
            throw new AssertionError("no region");
        }
        return region;
    }

    @ParameterizedTest(name = "RG01 {0} → {1}")
    @CsvSource({
        "https://login.microsoftonline.com/t/oauth2/v2.0/token, westus2.login.microsoft.com",
        "https://login.windows.net/t/oauth2/v2.0/token, westus2.login.microsoft.com",
        "https://STS.windows.net/t/oauth2/v2.0/token, westus2.login.microsoft.com",
        "https://login.microsoftonline.us/t/oauth2/v2.0/token, westus2.login.microsoftonline.us",
        "https://login.partner.microsoftonline.cn/t/oauth2/v2.0/token, westus2.login.partner.microsoftonline.cn",
        "https://login.example:8443/t/oauth2/v2.0/token, westus2.login.example:8443",
        "https://localhost:8400/t/oauth2/v2.0/token, localhost:8400",
    })
    void address_namedRegion_isInFront(URI endpoint, String authority) {
        URI address = named(" West US2 ").address("Test", contexts.builder().build(), endpoint);
        assertEquals("https://" + authority + "/t/oauth2/v2.0/token", address.toString());
    }

    @Test
    void address_adfs_hasNoRegion() {
        URI endpoint = URI.create("https://sts.example/adfs/oauth2/token");
        assertEquals(
                endpoint, named("westus2").address("Test", contexts.builder().build(), endpoint));
    }

    @Test
    void of_nothingSet_isNone() {
        assertNull(Region.of(Environment.empty(), null));
        assertNull(Region.of(Environment.of(Map.of("AZURE_REGIONAL_AUTHORITY_NAME", " ")), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"west/us", "1west", "-west", "west-", "wést", "a.b"})
    void of_malformedName_isRefused(String name) {
        Environment environment = Environment.of(Map.of("AZURE_REGIONAL_AUTHORITY_NAME", name));
        assertEquals(
                "AZURE_REGIONAL_AUTHORITY_NAME must be a region such as westus2, or AutoDiscoverRegion to find it",
                assertThrows(IllegalArgumentException.class, () -> Region.of(environment, null))
                        .getMessage());
        assertEquals(
                "regionalAuthority must be a region such as westus2, or AutoDiscoverRegion to find it",
                assertThrows(IllegalArgumentException.class, () -> Region.of(environment, name))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AutoDiscoverRegion", "autodiscoverregion", "TryAutoDetect", "TRYAUTODETECT"})
    void of_eitherWordForAutomatic_isFoundByThePlatformsVariable(String word) {
        ProviderContext context = contexts.with(Map.of("REGION_NAME", "East US"));
        assertEquals(
                "eastus.login.microsoft.com",
                named(word).address("Test", context, PUBLIC).getHost());
    }

    @Test
    void address_automatic_asksTheMetadataServiceOnce() {
        ProviderContext context = metadata(200, "westus2");
        assertEquals(
                "westus2.login.microsoft.com",
                automatic.address("Test", context, PUBLIC).getHost());
        automatic.address("Test", context, PUBLIC);
        assertEquals(1, requests.size());
        TransportRequest request = requests.get(0);
        assertEquals(
                "http://169.254.169.254/metadata/instance/compute/location?api-version=2020-06-01&format=text",
                request.uri().toString());
        assertEquals("true", request.headers().get("Metadata"));
        assertEquals(Duration.ofSeconds(2), request.timeout());
        assertTrue(request.direct());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"404, westus2", "200, <html>", "200, ''", "500, ''"})
    void address_metadataWithoutRegion_isTheGlobalOneFromThenOn(int status, String body) {
        ProviderContext context = metadata(status, body);
        assertEquals(PUBLIC, automatic.address("Test", context, PUBLIC));
        assertEquals(PUBLIC, automatic.address("Test", context, PUBLIC));
        assertEquals(1, requests.size());
    }

    @Test
    void address_noMetadataService_isTheGlobalOne() {
        ProviderContext context = contexts.with(request -> {
            throw new UncheckedIOException(new NoRouteToHostException());
        });
        assertEquals(PUBLIC, automatic.address("Test", context, PUBLIC));
    }
}
