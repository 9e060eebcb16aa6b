// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Hands the {@code signet.*} keys of a configuration file to a builder. Messages name keys, never values. */
final class PropertiesSettings {
    private static final String PREFIX = "signet.";
    private static final String CREDENTIAL = "signet.credential.";
    private static final List<String> KEYS = List.of(
            "signet.sources",
            "signet.exclude",
            "signet.tenant-id",
            "signet.authority-host",
            "signet.additionally-allowed-tenants",
            "signet.managed-identity.client-id",
            "signet.managed-identity.object-id",
            "signet.managed-identity.resource-id",
            "signet.workload-identity.client-id",
            "signet.workload-identity.tenant-id",
            "signet.process-timeout",
            "signet.overall-timeout",
            CREDENTIAL + "<Name>.<key>");

    private final DefaultAzureCredentialBuilder builder;

    PropertiesSettings(DefaultAzureCredentialBuilder builder) {
        this.builder = builder;
    }

    /**
     * Applies every key that starts with {@code signet.}; a blank value counts as absent.
     *
     * @throws IllegalArgumentException if a key is unknown or a value malformed; the message has one line for each
     */
    void apply(Properties properties) {
        List<String> problems = new ArrayList<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            String value = properties.getProperty(key, "").strip();
            if (key.startsWith(PREFIX) && (!value.isEmpty() || !isKnown(key))) {
                try {
                    apply(key, value);
                } catch (IllegalArgumentException wrong) {
                    problems.add(key + ": " + wrong.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private void apply(String key, String value) {
        switch (key) {
            case "signet.sources" -> builder.sources(items(value));
            case "signet.exclude" -> {
                for (String name : items(value)) {
                    builder.exclude(name);
                }
            }
            case "signet.tenant-id" -> builder.tenantId(value);
            case "signet.authority-host" -> builder.authorityHost(value);
            case "signet.additionally-allowed-tenants" -> builder.additionallyAllowedTenants(items(value));
            case "signet.managed-identity.client-id" -> builder.managedIdentityClientId(value);
            case "signet.managed-identity.object-id" -> builder.managedIdentityObjectId(value);
            case "signet.managed-identity.resource-id" -> builder.managedIdentityResourceId(value);
            case "signet.workload-identity.client-id" -> builder.workloadIdentityClientId(value);
            case "signet.workload-identity.tenant-id" -> builder.workloadIdentityTenantId(value);
            case "signet.process-timeout" -> builder.processTimeout(duration(value));
            case "signet.overall-timeout" -> builder.overallTimeout(duration(value));
            default -> applyToCredential(key, value);
        }
    }

    private void applyToCredential(String key, String value) {
        int dot = isCredentialKey(key) ? key.indexOf('.', CREDENTIAL.length()) : -1;
        if (dot < 0) {
            throw unknown(key);
        }
        String name = key.substring(CREDENTIAL.length(), dot);
        String setting = key.substring(dot + 1);
        switch (setting) {
            case "tenant-id" -> builder.tenantId(name, value);
            case "client-id" -> builder.clientId(name, value);
            default -> builder.setting(name, setting, value);
        }
    }

    private static boolean isKnown(String key) {
        return KEYS.contains(key) || isCredentialKey(key);
    }

    /** Whether a name and a key, neither empty, follow the prefix. */
    private static boolean isCredentialKey(String key) {
        int dot = key.startsWith(CREDENTIAL) ? key.indexOf('.', CREDENTIAL.length()) : -1;
        return dot > CREDENTIAL.length() && dot < key.length() - 1;
    }

    private static IllegalArgumentException unknown(String key) {
        String closest = ProviderNames.closest(key, KEYS);
        return new IllegalArgumentException(
                "unknown key" + suggestion(closest) + " known are " + String.join(", ", KEYS));
    }

    private static String suggestion(@Nullable String closest) {
        return closest == null ? ";" : "; did you mean " + closest + "?";
    }

    private static String[] items(String value) {
        List<String> items = Selection.split(value);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("names nothing; separate several values by commas");
        }
        return items.toArray(new String[0]);
    }

    /** ISO-8601, or a number of seconds. */
    private static Duration duration(String value) {
        try {
            return value.startsWith("P") || value.startsWith("p")
                    ? Duration.parse(value)
                    : Duration.ofSeconds(Long.parseLong(value));
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException malformed) {
            throw new IllegalArgumentException(
                    "is no duration; write a number of seconds, or ISO-8601 such as PT2.5S", malformed);
        }
    }
}
