// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Set;

/**
 * Which module a class belongs to, told by its package. The violating classes mirror the project's packages under a
 * root of their own, so that rules about modules can be shown to bite.
 */
record Layout(String root) {
    static final Layout PROJECT = new Layout("dev.signet.identity");
    static final Layout VIOLATIONS = new Layout(PROJECT.root + ".chain.modules.violations");

    private static final Set<String> MSAL_MODULES =
            Set.of("msal", "serviceprincipal", "interactive", "broker", "persistence");

    /** The module's last name, {@code api} for the root and its SPI, or empty for a foreign class. */
    String module(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (name.equals(root)) {
            return "api";
        }
        if (!name.startsWith(root + ".")) {
            return "";
        }
        String first = name.substring(root.length() + 1);
        first = first.contains(".") ? first.substring(0, first.indexOf('.')) : first;
        return first.equals("spi") ? "api" : first;
    }

    /** The modules that a module may use; whatever is not listed is a family. */
    Set<String> below(String module) {
        return switch (module) {
            case "api" -> Set.of();
            case "core", "testkit" -> Set.of("api");
            case "chain", "msal" -> Set.of("api", "core");
            case "cli" -> Set.of("api", "core", "chain", "testkit");
            default -> Set.of("api", "core", "msal");
        };
    }

    boolean mayUse(JavaClass from, JavaClass to) {
        String source = module(from);
        String target = module(to);
        return target.isEmpty() || target.equals(source) || below(source).contains(target);
    }

    boolean mayUseMsal(JavaClass type) {
        return MSAL_MODULES.contains(module(type)) && isInternal(type);
    }

    static boolean isInternal(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.endsWith(".internal") || name.contains(".internal.");
    }

    /** A public class, nested ones included, in a package that its module exports. */
    static boolean isExported(JavaClass type) {
        return !isInternal(type)
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(Layout::isExported).orElse(true);
    }

    DescribedPredicate<JavaClass> areIn(String module) {
        return describe("are in " + module, type -> module(type).equals(module));
    }
}
