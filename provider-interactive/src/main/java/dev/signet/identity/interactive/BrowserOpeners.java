// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.spi.ProviderContext;
import java.util.Iterator;
import java.util.ServiceLoader;

/** Finds how to open a browser. */
final class BrowserOpeners {
    private BrowserOpeners() {}

    /** An installed opener, else the system's. */
    static BrowserOpener find(ProviderContext context) {
        Iterator<BrowserOpener> installed = ServiceLoader.load(
                        BrowserOpener.class, BrowserOpeners.class.getClassLoader())
                .iterator();
        return installed.hasNext() ? installed.next() : new SystemBrowser(context);
    }
}
