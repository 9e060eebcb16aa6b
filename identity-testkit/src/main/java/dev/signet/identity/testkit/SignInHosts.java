// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The sign-in hosts that instance discovery knows, which of them are one cloud, and their regional fronts. */
final class SignInHosts {
    private static final String PUBLIC = "login.microsoftonline.com";
    private static final String PUBLIC_REGIONAL = "login.microsoft.com";

    private final List<Cloud> clouds = new CopyOnWriteArrayList<>(List.of(
            new Cloud("login.windows.net", PUBLIC, "login.windows.net", PUBLIC_REGIONAL, "sts.windows.net"),
            new Cloud("login.partner.microsoftonline.cn", "login.partner.microsoftonline.cn", "login.chinacloudapi.cn"),
            new Cloud("login.microsoftonline.us", "login.microsoftonline.us", "login.usgovcloudapi.net"),
            new Cloud("login-us.microsoftonline.com", "login-us.microsoftonline.com"),
            new Cloud("login.microsoftonline.de", "login.microsoftonline.de"),
            new Cloud("login.sovcloud-identity.fr", "login.sovcloud-identity.fr"),
            new Cloud("login.sovcloud-identity.de", "login.sovcloud-identity.de"),
            new Cloud("login.sovcloud-identity.sg", "login.sovcloud-identity.sg")));

    /** The names of one cloud's sign-in host; the first alias is the one to send requests to. */
    private record Cloud(String cacheHost, List<String> aliases) {
        Cloud(String cacheHost, String... aliases) {
            this(cacheHost, List.of(aliases));
        }

        Map<String, Object> metadata() {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("preferred_network", aliases.get(0));
            metadata.put("preferred_cache", cacheHost);
            metadata.put("aliases", aliases);
            return metadata;
        }
    }

    /** Adds a cloud with one host or several. */
    void add(String host, String... aliases) {
        List<String> names = new ArrayList<>();
        names.add(host.toLowerCase(Locale.ROOT));
        for (String alias : aliases) {
            names.add(alias.toLowerCase(Locale.ROOT));
        }
        clouds.add(new Cloud(names.get(0), List.copyOf(names)));
    }

    boolean knows(String host) {
        for (Cloud cloud : clouds) {
            if (cloud.aliases().contains(host)) {
                return true;
            }
        }
        return false;
    }

    boolean regional(String host) {
        return behindRegion(host) != null;
    }

    /** The host that a regional one stands in front of; any other is its own. */
    String global(String host) {
        String front = behindRegion(host);
        return front == null ? host : front;
    }

    /** The public cloud has all its regions under one alias, the others under the host itself. */
    private @Nullable String behindRegion(String host) {
        String rest = host.substring(host.indexOf('.') + 1);
        if (rest.equals(PUBLIC_REGIONAL)) {
            return PUBLIC;
        }
        boolean ofPublic = clouds.get(0).aliases().contains(rest);
        return !rest.equals(host) && !ofPublic && knows(rest) ? rest : null;
    }

    /** What instance discovery says of all clouds. */
    List<Object> metadata() {
        List<Object> metadata = new ArrayList<>();
        clouds.forEach(cloud -> metadata.add(cloud.metadata()));
        return metadata;
    }
}
