// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import java.net.URI;

/**
 * Shows a web page to the user. Given to a credential, or found by {@link java.util.ServiceLoader}, it stands for the
 * system's browser.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BrowserOpener {
    /**
     * Opens a page and does not wait until the user is done with it.
     *
     * @param address an https address; its query belongs in no log
     * @throws java.io.UncheckedIOException if no browser can be opened
     */
    void open(URI address);
}
