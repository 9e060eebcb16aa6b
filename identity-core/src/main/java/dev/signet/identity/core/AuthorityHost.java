// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import dev.signet.identity.AzureAuthorityHosts;
import dev.signet.identity.spi.Environment;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Rules for sign-in hosts: how a setting becomes an address, and which hosts are Microsoft's own.
 *
 * @since 0.1.0
 */
public final class AuthorityHost {
    /** The variable that names the sign-in host. */
    public static final String VARIABLE = "AZURE_AUTHORITY_HOST";

    private AuthorityHost() {}

    /**
     * The host that the environment names.
     *
     * @param environment {@code AZURE_AUTHORITY_HOST}, else {@code AZURE_CLOUD} ({@code public}, {@code usgov} or
     *     {@code china})
     * @return an https address ending with a slash; the public cloud's when nothing is set
     * @throws IllegalArgumentException if a variable is malformed; the message names it
     */
    public static URI from(Environment environment) {
        if (environment.has(VARIABLE)) {
            return parse(VARIABLE, environment.get(VARIABLE).orElseThrow());
        }
        if (!environment.has("AZURE_CLOUD")) {
            return URI.create(AzureAuthorityHosts.AZURE_PUBLIC_CLOUD);
        }
        String cloud = environment.get("AZURE_CLOUD").orElseThrow().strip().toLowerCase(Locale.ROOT);
        return switch (cloud) {
            case "public", "azurecloud", "azurepublic" -> URI.create(AzureAuthorityHosts.AZURE_PUBLIC_CLOUD);
            case "usgov", "azureusgovernment", "azuregovernment" -> URI.create(AzureAuthorityHosts.AZURE_GOVERNMENT);
            case "china", "azurechinacloud", "azurechina" -> URI.create(AzureAuthorityHosts.AZURE_CHINA);
            default ->
                throw new IllegalArgumentException("AZURE_CLOUD must be public, usgov or china; for another cloud set "
                        + VARIABLE + " to its sign-in host");
        };
    }

    /**
     * Reads a sign-in host.
     *
     * @param setting the name of the setting, for messages
     * @param value a host, with or without {@code https://} in front and slashes behind
     * @return an https address ending with a slash
     * @throws IllegalArgumentException if it is not an https address, or has user information, query or fragment;
     *     the message names the setting, not the value
     */
    public static URI parse(String setting, String value) {
        String text = value.strip();
        if (!text.contains("://")) {
            text = "https://" + text;
        }
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        text = withAsciiHost(text);
        URI uri;
        try {
            uri = new URI(text + "/");
        } catch (URISyntaxException malformed) {
            throw wrong(setting, "is not an address");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            throw wrong(setting, "must use https");
        }
        if (uri.getHost() == null) {
            throw wrong(setting, "has no host");
        }
        if (uri.getRawAuthority().endsWith(":") || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw wrong(setting, "has a malformed port");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong(setting, "must have neither user information nor query nor fragment");
        }
        return uri;
    }

    /**
     * Whether a host is one of Microsoft's own, so that no discovery request is needed before a secret is sent there.
     *
     * @param host a host name, in any case
     * @return true for the hosts of the public and national clouds
     */
    public static boolean isTrusted(String host) {
        return Trusted.HOSTS.contains(host.toLowerCase(Locale.ROOT));
    }

    /**
     * The token endpoint of a tenant.
     *
     * @param authorityHost an address ending with a slash
     * @param tenantId tenant id or domain name
     * @return the address of the v2.0 token endpoint, or of the ADFS one when the tenant is {@code adfs}
     */
    public static URI tokenEndpoint(URI authorityHost, String tenantId) {
        return authorityHost.resolve(
                "adfs".equalsIgnoreCase(tenantId) ? "adfs/oauth2/token" : tenantId + "/oauth2/v2.0/token");
    }

    /**
     * The audience of assertions that are exchanged for tokens in a cloud.
     *
     * @param authorityHost the cloud's sign-in host
     * @return for example {@code api://AzureADTokenExchange}
     * @see <a href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity">Audiences
     *     of the clouds</a>
     */
    public static String tokenExchangeAudience(URI authorityHost) {
        String host = authorityHost.getHost().toLowerCase(Locale.ROOT);
        String audience = "api://AzureADTokenExchange";
        if (host.endsWith(".us") || host.equals("login.usgovcloudapi.net")) {
            return audience + "USGov";
        }
        return host.endsWith(".cn") ? audience + "China" : audience;
    }

    /** Puts an internationalized host name into the form that stands in certificates and DNS (RFC 5890). */
    private static String withAsciiHost(String address) {
        int start = address.indexOf("://") + 3;
        int end = start;
        boolean ascii = true;
        while (end < address.length() && "/?#:@".indexOf(address.charAt(end)) < 0) {
            ascii &= address.charAt(end) < 0x80;
            end++;
        }
        if (ascii) {
            return address;
        }
        try {
            return address.substring(0, start) + IDN.toASCII(address.substring(start, end)) + address.substring(end);
        } catch (IllegalArgumentException malformed) {
            return address;
        }
    }

    private static IllegalArgumentException wrong(String setting, String what) {
        return new IllegalArgumentException(
                setting + " " + what + "; give a sign-in host such as " + AzureAuthorityHosts.AZURE_PUBLIC_CLOUD);
    }

    /** Loaded only when a host must be judged. */
    private static final class Trusted {
        static final Set<String> HOSTS = Set.of(
                "login.microsoftonline.com",
                "login.windows.net",
                "login.microsoft.com",
                "sts.windows.net",
                "login.chinacloudapi.cn",
                "login.partner.microsoftonline.cn",
                "login.microsoftonline.us",
                "login.usgovcloudapi.net",
                "login-us.microsoftonline.com",
                "login.microsoftonline.de",
                "login.sovcloud-identity.fr",
                "login.sovcloud-identity.de",
                "login.sovcloud-identity.sg");

        private Trusted() {}
    }
}
