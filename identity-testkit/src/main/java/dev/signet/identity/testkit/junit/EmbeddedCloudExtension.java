// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import dev.signet.identity.testkit.EmbeddedCloud;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests an {@link EmbeddedCloud} as a parameter and fails those whose requests deviate from the protocol, unless
 * they call {@link EmbeddedCloud#allowViolations()}. With {@code @ExtendWith} each test has a cloud of its own; with
 * {@code @RegisterExtension static} and {@link #perClass()} the tests of a class share one, which is reset after each.
 *
 * @since 0.1.0
 */
public final class EmbeddedCloudExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(EmbeddedCloudExtension.class);

    private final boolean shared;

    /** An extension that gives each test a cloud of its own. */
    public EmbeddedCloudExtension() {
        this(false);
    }

    private EmbeddedCloudExtension(boolean shared) {
        this.shared = shared;
    }

    /**
     * An extension whose tests share a cloud.
     *
     * @return for a static field with {@code @RegisterExtension}
     */
    public static EmbeddedCloudExtension perClass() {
        return new EmbeddedCloudExtension(true);
    }

    private static EmbeddedCloud cloud(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(EmbeddedCloud.class, type -> EmbeddedCloud.start(), EmbeddedCloud.class);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (shared) {
            cloud(context);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        EmbeddedCloud cloud = context.getStore(NAMESPACE).get(EmbeddedCloud.class, EmbeddedCloud.class);
        if (cloud != null) {
            try {
                cloud.assertNoViolations();
            } finally {
                cloud.reset();
            }
        }
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedCloud.class;
    }

    @Override
    public EmbeddedCloud resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cloud(context);
    }
}
