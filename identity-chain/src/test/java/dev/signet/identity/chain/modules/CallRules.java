// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.GeneralCodingRules.DEPRECATED_API_SHOULD_NOT_BE_USED;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static dev.signet.identity.chain.modules.Rule.condition;
import static dev.signet.identity.chain.modules.Rule.everywhere;
import static dev.signet.identity.chain.modules.Rule.production;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.chain.modules.violations.CallViolations;
import dev.signet.identity.chain.modules.violations.ThrowViolations;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Rules 10 to 14: what code may call and throw. */
final class CallRules {
    private CallRules() {}

    static List<Rule> all() {
        return List.of(
                production(
                                "10a",
                                noCalls(
                                        "read the environment",
                                        "java\\.lang\\.System\\.(getenv|getProperty|getProperties)"
                                                + "|java\\.lang\\.(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)",
                                        "tests and applications must be able to hand over another environment"),
                                CallViolations.ReadsVariable.class,
                                CallViolations.ReadsProperty.class)
                        .except(Map.of("dev.signet.identity.core.SystemEnvironment", "the one place that reads it")),
                production(
                                "10b",
                                noCalls(
                                        "start processes",
                                        "java\\.lang\\.(ProcessBuilder|Runtime)\\.(<init>|start|exec)",
                                        "quoting, deadlines and killing are solved once"),
                                CallViolations.StartsProcess.class)
                        .except(Map.of("dev.signet.identity.core.CommandRunner", "the one place that runs tools")),
                production(
                                "11",
                                noCalls(
                                        "ask the time",
                                        "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"
                                                + "|java\\.time\\.\\w+\\.now|java\\.time\\.(Clock|InstantSource)\\.system\\w*",
                                        "tests must be able to turn the clock"),
                                CallViolations.AsksTheTime.class,
                                CallViolations.RefersToTheTime.class)
                        .except(Map.of(
                                "dev.signet.identity.core.StandardContext",
                                "the context factory",
                                "dev.signet.identity.core.SystemTicker",
                                "the monotonic clock of deadlines, in which sockets and processes live",
                                "dev.signet.identity.BearerTokens",
                                "a static helper of applications, to which nobody hands a context")),
                production(
                                "12a",
                                noCalls(
                                        "reflect",
                                        "java\\.lang\\.Class\\.(forName|getDeclared\\w+|getMethods?|getConstructors?|getFields?)"
                                                + "|java\\.lang\\.reflect\\..*|java\\.lang\\.invoke\\.MethodHandles.*|.*\\.setAccessible",
                                        "a jlink image and a native image must see every use"),
                                CallViolations.Reflects.class,
                                CallViolations.LooksUpMethods.class)
                        .except(Map.of(
                                "dev.signet.identity.spi.TaskExecutor",
                                "virtual threads are not in the Java 17 that we compile against")),
                production(
                                "12b",
                                noCalls(
                                        "load services",
                                        "java\\.util\\.ServiceLoader\\..*",
                                        "a broken jar is reported in one place"),
                                CallViolations.LoadsServices.class)
                        .except(Map.of(
                                "dev.signet.identity.chain.ProviderDiscovery",
                                "the one place for credentials",
                                "dev.signet.identity.msal.TokenCacheStores",
                                "the one place for token caches, which the chain does not know",
                                "dev.signet.identity.interactive.BrowserOpeners",
                                "the one place for browsers, which the chain does not know")),
                everywhere(
                        "13a",
                        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.because("nobody can catch them by type"),
                        ThrowViolations.ThrowsGeneric.class),
                production("13b", exceptionsAreOneFamily(), ThrowViolations.Stray.class),
                production("13c", publicMethodsThrowUnchecked(), ThrowViolations.DeclaresChecked.class),
                production(
                                "14a",
                                NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because("a library has no console"),
                                CallViolations.Prints.class)
                        .except(Map.of(
                                "dev.signet.identity.interactive.StandardOutput",
                                "a user who is asked to sign in must see it")),
                everywhere("14b", noOtherLogging(), CallViolations.UsesOtherLogging.class),
                everywhere("14c", noDates(), CallViolations.UsesDate.class)
                        .except(Map.of(
                                "dev.signet.identity.testkit.CertificateAssertion",
                                "X509Certificate tells its times by it",
                                "dev.signet.identity.serviceprincipal.CertificateProofs",
                                "X509Certificate tells its times by it")),
                everywhere(
                                "14d",
                                DEPRECATED_API_SHOULD_NOT_BE_USED.because("it will go away"),
                                CallViolations.UsesDeprecated.class)
                        .except(Map.of(
                                "dev.signet.identity.msal.internal.MsalCall",
                                "MSAL deprecates passwords, which EnvironmentCredential still knows",
                                "dev.signet.identity.interactive.UsernamePasswordCredential",
                                "makes what is deprecated as a whole")),
                everywhere("14e", noSynchronizedMethods(), CallViolations.Synchronizes.class));
    }

    private static ArchRule noCalls(String what, String members, String reason) {
        Pattern pattern = Pattern.compile(members);
        return classes()
                .should(condition("not " + what, (type, violations) -> {
                    for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                        String target = access.getTargetOwner().getFullName() + "." + access.getName();
                        if (pattern.matcher(target).matches()) {
                            violations.accept("calls " + target);
                        }
                    }
                }))
                .because(reason);
    }

    private static ArchRule exceptionsAreOneFamily() {
        return classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .beAssignableTo(ClientAuthenticationException.class)
                .because("applications catch one type");
    }

    private static ArchRule publicMethodsThrowUnchecked() {
        return classes()
                .that(describe("are exported", Layout::isExported))
                .should(condition("declare no checked exceptions", (type, violations) -> {
                    for (JavaCodeUnit unit : type.getCodeUnits()) {
                        boolean visible = unit.getModifiers().contains(JavaModifier.PUBLIC);
                        for (JavaClass thrown : unit.getThrowsClause().getTypes()) {
                            if (visible && !thrown.isAssignableTo(RuntimeException.class)) {
                                violations.accept("declares " + thrown.getName() + " in " + unit.getName());
                            }
                        }
                    }
                }))
                .because("a token is fetched deep inside code that cannot declare it");
    }

    private static ArchRule noOtherLogging() {
        return classes().should(DependencyRules.notDependOn("..util.logging..")).because("SLF4J is the facade");
    }

    private static ArchRule noDates() {
        return classes()
                .should(condition("not use java.util.Date", (type, violations) -> {
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        if (dependency.getTargetClass().isEquivalentTo(Date.class)) {
                            violations.accept("uses java.util.Date");
                        }
                    }
                }))
                .because("Instant and Duration say what they mean");
    }

    private static ArchRule noSynchronizedMethods() {
        return classes()
                .should(condition("have no synchronized methods", (type, violations) -> {
                    for (JavaCodeUnit unit : type.getCodeUnits()) {
                        if (unit.getModifiers().contains(JavaModifier.SYNCHRONIZED)) {
                            violations.accept("synchronizes " + unit.getName());
                        }
                    }
                }))
                .because("others can lock on our objects, and a virtual thread is pinned");
    }
}
