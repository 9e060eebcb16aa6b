// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.signet.identity.chain.modules.Rule.condition;
import static dev.signet.identity.chain.modules.Rule.production;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.signet.identity.chain.modules.violations.ApiThatLogs;
import dev.signet.identity.chain.modules.violations.alpha.AlphaViolations;
import dev.signet.identity.chain.modules.violations.beta.BetaViolations;
import dev.signet.identity.chain.modules.violations.chain.ChainViolations;
import dev.signet.identity.chain.modules.violations.core.CoreViolations;
import dev.signet.identity.chain.modules.violations.core.internal.InternalViolations;
import dev.signet.identity.chain.modules.violations.msal.MsalViolations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules 1 to 5: who may depend on whom. */
final class DependencyRules {
    private static final String LOGGER_OF_THE_FAMILY =
            "families hand over their logger, which files the lines under them";

    private DependencyRules() {}

    static List<Rule> all() {
        return List.of(
                production("1", DependencyRules::apiDependsOnTheJdk, ApiThatLogs.class),
                production(
                        "2",
                        DependencyRules::modulesDependDownwards,
                        AlphaViolations.UsesBeta.class,
                        AlphaViolations.UsesTheChain.class,
                        ChainViolations.UsesAlpha.class),
                production(
                        "3",
                        DependencyRules::msalStaysInternal,
                        MsalViolations.MsalOutsideInternal.class,
                        InternalViolations.MsalInCore.class),
                production("4a", jacksonStaysInternal(), CoreViolations.JacksonOutsideInternal.class),
                production(
                                "4b",
                                signaturesAreOurs(),
                                CoreViolations.LoggerInSignature.class,
                                CoreViolations.JacksonInField.class)
                        .except(Map.of(
                                "dev.signet.identity.core.TenantPolicy", LOGGER_OF_THE_FAMILY,
                                "dev.signet.identity.core.TokenCache", LOGGER_OF_THE_FAMILY)),
                production("5a", DependencyRules::packagesHaveNoCycles)
                        .violatedTogetherBy(AlphaViolations.UsesBeta.class, BetaViolations.UsesAlpha.class),
                production("5b", DependencyRules::internalsStayInTheirModule, ChainViolations.UsesInternals.class));
    }

    private static ArchRule apiDependsOnTheJdk(Layout layout) {
        Set<String> allowed = Set.of("javax.net.ssl", "org.jspecify.annotations");
        DescribedPredicate<JavaClass> fromTheJdk = describe("come from java.base or JSpecify", type -> {
            JavaClass base = type.getBaseComponentType();
            return base.isPrimitive()
                    || base.getPackageName().startsWith("java.")
                    || allowed.contains(base.getPackageName())
                    || layout.module(base).equals("api");
        });
        return classes()
                .that(layout.areIn("api"))
                .should()
                .onlyDependOnClassesThat(fromTheJdk)
                .because("whoever compiles against the API must not inherit a library");
    }

    private static ArchRule modulesDependDownwards(Layout layout) {
        return classes()
                .should(condition("depend on modules below their own only", (type, violations) -> {
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        if (!layout.mayUse(type, dependency.getTargetClass())) {
                            violations.accept(
                                    "uses " + dependency.getTargetClass().getFullName());
                        }
                    }
                }))
                .because("families are installed one by one, and the chain without any of them");
    }

    private static ArchRule msalStaysInternal(Layout layout) {
        return classes()
                .that(describe("may not see MSAL", type -> !layout.mayUseMsal(type)))
                .should(notDependOn("..msal4j.."))
                .andShould(notDependOn("..javamsalruntime.."))
                .because("only the modules that declare MSAL have it, and it must be replaceable there");
    }

    private static ArchRule jacksonStaysInternal() {
        return classes()
                .that(describe("are not internal", type -> !Layout.isInternal(type)))
                .should(notDependOn("..jackson.."))
                .because("the JSON reader is a detail that users must not come to depend on");
    }

    private static ArchRule signaturesAreOurs() {
        return classes()
                .that(describe("are exported", Layout::isExported))
                .should(condition("mention no Jackson, MSAL or logger type in a signature", (type, violations) -> {
                    for (JavaMember member : type.getMembers()) {
                        boolean visible = member.getModifiers().contains(JavaModifier.PUBLIC)
                                || member.getModifiers().contains(JavaModifier.PROTECTED);
                        for (JavaClass mentioned : visible ? mentionedBy(member) : List.<JavaClass>of()) {
                            if (isForeign(mentioned)) {
                                violations.accept("mentions " + mentioned.getFullName() + " in " + member.getName());
                            }
                        }
                    }
                }))
                .because("what a signature mentions is part of the API");
    }

    private static List<JavaClass> mentionedBy(JavaMember member) {
        List<JavaClass> types = new ArrayList<>();
        if (member instanceof JavaCodeUnit unit) {
            types.addAll(unit.getRawParameterTypes());
            types.add(unit.getRawReturnType());
        } else {
            types.addAll(member.getAllInvolvedRawTypes());
        }
        return types;
    }

    private static boolean isForeign(JavaClass type) {
        String name = "." + type.getBaseComponentType().getPackageName() + ".";
        return name.contains(".jackson.") || name.contains(".msal4j.") || name.contains(".slf4j.");
    }

    private static ArchRule packagesHaveNoCycles(Layout layout) {
        return slices().assignedFrom(new Packages(layout))
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package");
    }

    private static ArchRule internalsStayInTheirModule(Layout layout) {
        return classes()
                .should(condition("leave other modules' internals alone", (type, violations) -> {
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        JavaClass target = dependency.getTargetClass();
                        if (!layout.module(target).isEmpty()
                                && Layout.isInternal(target)
                                && !layout.module(target).equals(layout.module(type))) {
                            violations.accept("uses " + target.getFullName());
                        }
                    }
                }))
                .because("the class path does not hide them, so a rule has to");
    }

    static ArchCondition<JavaClass> notDependOn(String packages) {
        return condition("not depend on " + packages, (type, violations) -> {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String name =
                        "." + dependency.getTargetClass().getBaseComponentType().getPackageName() + ".";
                if (name.contains(packages.substring(1, packages.length() - 1))) {
                    violations.accept("uses " + dependency.getTargetClass().getFullName());
                }
            }
        });
    }

    /**
     * Every package is a slice, but two modules are one each. The API and its SPI are written in terms of each other.
     * The transport in core stands before internals that speak of core's proxy settings.
     */
    private record Packages(Layout layout) implements SliceAssignment {
        private static final Set<String> IN_ONE_PIECE = Set.of("api", "core");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String module = layout.module(type);
            if (module.isEmpty()) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(IN_ONE_PIECE.contains(module) ? module : type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
