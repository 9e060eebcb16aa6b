// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import org.jspecify.annotations.Nullable;

/** What a client's settings say about its login. */
final class KafkaSettings {
    private static final String MECHANISM = "OAUTHBEARER";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final List<String> EVENT_HUBS = List.of(
            ".servicebus.windows.net",
            ".servicebus.usgovcloudapi.net",
            ".servicebus.chinacloudapi.cn",
            ".servicebus.cloudapi.de");

    private final Map<String, ?> configs;
    private final List<AppConfigurationEntry> modules;
    private final List<String> hosts;

    KafkaSettings(Map<String, ?> configs, List<AppConfigurationEntry> modules) {
        this.configs = configs;
        this.modules = modules;
        this.hosts = hosts(configs.get("bootstrap.servers"));
    }

    void check(String mechanism) {
        if (!mechanism.equals(MECHANISM)) {
            throw new IllegalArgumentException("sasl.mechanism is " + mechanism + "; tokens need " + MECHANISM);
        }
        boolean readable = "SASL_PLAINTEXT".equals(String.valueOf(configs.get("security.protocol")));
        if (readable && !(THIS_MACHINE.containsAll(hosts) && !hosts.isEmpty())) {
            throw new IllegalArgumentException(
                    "with security.protocol=SASL_PLAINTEXT the token would be readable on the"
                            + " network; set SASL_SSL");
        }
    }

    String scope() {
        for (AppConfigurationEntry module : modules) {
            Object scope = module.getOptions().get("scope");
            if (scope != null) {
                return scope.toString();
            }
        }
        for (String host : hosts) {
            if (EVENT_HUBS.stream().anyMatch(host::endsWith)) {
                return "https://" + host + "/.default";
            }
        }
        throw new IllegalArgumentException(
                "bootstrap.servers names no Event Hubs namespace, so say what tokens are for:"
                        + " sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                        + " scope=\"api://kafka/.default\";");
    }

    /** The client's parser makes a list of the servers; whoever calls with plain settings has one text. */
    private static List<String> hosts(@Nullable Object servers) {
        List<?> addresses = servers instanceof List<?> list
                ? list
                : servers == null ? List.of() : List.of(servers.toString().split(","));
        List<String> hosts = new ArrayList<>();
        for (Object server : addresses) {
            String address = server.toString().strip().toLowerCase(Locale.ROOT);
            int colon = address.lastIndexOf(':');
            hosts.add(colon < 0 ? address : address.substring(0, colon));
        }
        return hosts;
    }
}
