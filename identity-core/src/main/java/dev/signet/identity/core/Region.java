// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.core.internal.LocalAddresses;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.TransportRequest;
import dev.signet.identity.spi.TransportResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The region whose token endpoint serves an application: named, or found by the platform's variable or the instance
 * metadata service. When none is found the global endpoint serves. Thread-safe.
 */
final class Region {
    static final String VARIABLE = "AZURE_REGIONAL_AUTHORITY_NAME";

    private static final String PLATFORM_VARIABLE = "REGION_NAME";
    private static final URI METADATA = URI.create(
            "http://169.254.169.254/metadata/instance/compute/location" + "?api-version=2020-06-01&format=text");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_LENGTH = 63;

    /** Where this process runs: the region, "" when it is not known, nothing before anybody asked. */
    private static final AtomicReference<@Nullable String> DETECTED = new AtomicReference<>();

    private final String name;
    private final AtomicReference<@Nullable String> detected;

    /** A region by its name, or with an empty one to be found and remembered. */
    Region(String name, AtomicReference<@Nullable String> detected) {
        this.name = name;
        this.detected = detected;
    }

    /**
     * The region that is set.
     *
     * @return null when none is
     * @throws IllegalArgumentException if its name is malformed
     */
    static @Nullable Region of(Environment environment, @Nullable String given) {
        String setting = given == null ? VARIABLE : "regionalAuthority";
        String value = given == null ? environment.get(VARIABLE).orElse(null) : given;
        if (value == null) {
            return null;
        }
        String name = cleaned(value);
        if (name.equals("autodiscoverregion") || name.equals("tryautodetect")) {
            return new Region("", DETECTED);
        }
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    setting + " must be a region such as westus2, or AutoDiscoverRegion to find it");
        }
        return new Region(name, DETECTED);
    }

    /** The endpoint of the region in place of the global one; loopback hosts and AD FS have no regions. */
    URI address(String credentialName, ProviderContext context, URI tokenEndpoint) {
        String host = tokenEndpoint.getHost().toLowerCase(Locale.ROOT);
        if (LocalAddresses.isLoopback(host) || tokenEndpoint.getRawPath().startsWith("/adfs/")) {
            return tokenEndpoint;
        }
        String region = name.isEmpty() ? detect(credentialName, context) : name;
        if (region.isEmpty()) {
            return tokenEndpoint;
        }
        String regional = region + "." + (isPublicCloud(host) ? "login.microsoft.com" : host);
        String address = tokenEndpoint.toString();
        int at = address.indexOf("://") + 3;
        return URI.create(address.substring(0, at) + regional + address.substring(at + host.length()));
    }

    private String detect(String credentialName, ProviderContext context) {
        String platform = cleaned(context.environment().get(PLATFORM_VARIABLE).orElse(""));
        if (isName(platform)) {
            return platform;
        }
        String known = detected.get();
        if (known != null) {
            return known;
        }
        String answer = ask(credentialName, context);
        detected.set(answer);
        return answer;
    }

    private static String ask(String credentialName, ProviderContext context) {
        TransportRequest request = TransportRequest.get(METADATA)
                .header("Metadata", "true")
                .connectTimeout(PATIENCE)
                .timeout(PATIENCE)
                .direct()
                .build();
        try {
            TransportResponse response = new HttpCalls(credentialName, context).exchange(request);
            String region = cleaned(new String(response.body(), StandardCharsets.UTF_8));
            return response.status() == 200 && isName(region) ? region : "";
        } catch (UncheckedIOException unreachable) {
            return "";
        }
    }

    private static boolean isPublicCloud(String host) {
        return switch (host) {
            case "login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net" -> true;
            default -> false;
        };
    }

    private static String cleaned(String name) {
        return name.replace(" ", "").strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH || name.endsWith("-")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || c != '-' && (c < '0' || c > '9'))) {
                return false;
            }
        }
        return true;
    }
}
