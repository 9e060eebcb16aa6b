// SPDX-License-Identifier: MIT
package dev.signet.identity;

/**
 * The sign-in hosts of the Microsoft clouds, for {@code authorityHost} settings and {@code AZURE_AUTHORITY_HOST}.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud">National clouds</a>
 * @since 0.1.0
 */
public final class AzureAuthorityHosts {
    /** Azure public cloud: {@value}. */
    public static final String AZURE_PUBLIC_CLOUD = "https://login.microsoftonline.com/";

    /** Azure for US Government: {@value}. */
    public static final String AZURE_GOVERNMENT = "https://login.microsoftonline.us/";

    /** Azure operated by 21Vianet in China: {@value}. */
    public static final String AZURE_CHINA = "https://login.chinacloudapi.cn/";

    private AzureAuthorityHosts() {}
}
