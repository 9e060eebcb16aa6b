// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.spi.Environment;
import java.util.HashMap;
import java.util.Map;

/** The only place that reads environment variables and system properties of the JVM. */
final class SystemEnvironment {
    private static final String[] PROPERTIES = {
        "os.name",
        "os.arch",
        "os.version",
        "user.home",
        "user.name",
        "java.io.tmpdir",
        "java.version",
        "http.proxyHost",
        "http.proxyPort",
        "https.proxyHost",
        "https.proxyPort",
        "http.nonProxyHosts"
    };

    private SystemEnvironment() {}

    /** Variables and properties as they are now. */
    static Environment read() {
        Map<String, String> properties = new HashMap<>();
        for (String name : PROPERTIES) {
            String value = System.getProperty(name);
            if (value != null) {
                properties.put(name, value);
            }
        }
        return Environment.of(System.getenv(), properties);
    }
}
