// SPDX-License-Identifier: MIT
package dev.signet.identity.broker;

import dev.signet.identity.spi.ProviderContext;
import java.lang.reflect.Proxy;

/** A context of which one part is another. */
final class ContextWith {
    private ContextWith() {}

    static ProviderContext of(ProviderContext context, String name, Object part) {
        return (ProviderContext) Proxy.newProxyInstance(
                ProviderContext.class.getClassLoader(),
                new Class<?>[] {ProviderContext.class},
                (proxy, method, arguments) -> method.getName().equals(name) ? part : method.invoke(context, arguments));
    }
}
