// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static dev.signet.identity.chain.modules.Rule.condition;
import static dev.signet.identity.chain.modules.Rule.everywhere;
import static dev.signet.identity.chain.modules.Rule.production;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.chain.modules.violations.FieldViolations;
import dev.signet.identity.chain.modules.violations.NameViolations;
import dev.signet.identity.chain.modules.violations.TypeViolations;
import dev.signet.identity.chain.modules.violations.unmarked.Unmarked;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** Rules 6 to 9, 16 and 17: what types look like. */
final class TypeRules {
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(secret|password|passphrase|assertion).*|(access|refresh|id|bearer)?token(value|text)?");
    private static final Set<String> PLAIN_TYPES = Set.of("java.lang.String", "char[]", "byte[]");
    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Impl|Base|Utils?|Helper|Manager)");

    private static final Map<String, String> MUTABLE = Map.of(
            "dev.signet.identity.spi.TokenCell", "the state of one cached token",
            "dev.signet.identity.core.TokenCache", "the cache",
            "dev.signet.identity.core.internal.HttpConnection", "TLS replaces the socket",
            "dev.signet.identity.core.internal.HttpHead", "counts what it has read",
            "dev.signet.identity.core.internal.JsonParsing", "where the reader stands",
            "dev.signet.identity.chain.Chain", "the link that serves and the walk that is running",
            "dev.signet.identity.chain.Walk", "how far one walk has come",
            "dev.signet.identity.chain.WalkDeadline", "the result of one walk",
            "dev.signet.identity.chain.SelectionSettings", "a part of the builder",
            "dev.signet.identity.chain.LinkSettings", "a part of the builder");

    private TypeRules() {}

    static List<Rule> all() {
        return List.of(
                production(
                        "6", providers(), TypeViolations.Wrong.class, TypeViolations.UnnamedCredentialProvider.class),
                production("7a", credentials(), TypeViolations.Tokens.class),
                production("7b", publicClassesAreFinal(), TypeViolations.Open.class),
                production("8", fieldsAreFinal(), FieldViolations.Mutable.class).except(MUTABLE),
                production(
                                "9",
                                secretsAreWrapped(),
                                FieldViolations.PlainSecret.class,
                                FieldViolations.PlainToken.class)
                        .except(Map.of("dev.signet.identity.AccessToken", "the token that applications send")),
                everywhere("16a", namesSaySomething(), NameViolations.TokenUtils.class, NameViolations.CacheImpl.class),
                everywhere("16b", exportedNamesAreNotAbstract(), NameViolations.AbstractCredential.class),
                everywhere("17", packagesAreNullMarked(), Unmarked.class));
    }

    private static ArchRule providers() {
        return classes()
                .that()
                .areAssignableTo(CredentialProvider.class)
                .and()
                .areNotInterfaces()
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .beAnnotatedWith(ProviderInfo.class)
                .andShould()
                .haveSimpleNameEndingWith("CredentialProvider")
                .because("ServiceLoader needs a public class, and the chain reads the annotation");
    }

    private static ArchRule credentials() {
        return classes()
                .that()
                .areAssignableTo(TokenCredential.class)
                .and()
                .areNotInterfaces()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .haveSimpleNameEndingWith("Credential")
                .because("credentials are composed, not extended, and found by their name");
    }

    private static ArchRule publicClassesAreFinal() {
        return classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAssignableTo(Throwable.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("a class that can be extended cannot be changed");
    }

    private static ArchRule fieldsAreFinal() {
        return classes()
                .that(describe("are no builders", type -> !type.getSimpleName().endsWith("Builder")))
                .should(condition("have final instance fields", (type, violations) -> {
                    for (JavaField field : type.getFields()) {
                        if (isInstanceField(field) && !field.getModifiers().contains(JavaModifier.FINAL)) {
                            violations.accept("may change " + field.getName());
                        }
                    }
                }))
                .because("what does not change needs no lock");
    }

    private static ArchRule secretsAreWrapped() {
        return classes()
                .should(condition("hold secrets as Secret", (type, violations) -> {
                    for (JavaField field : type.getFields()) {
                        if (isInstanceField(field)
                                && SECRET_NAME.matcher(field.getName()).matches()
                                && PLAIN_TYPES.contains(field.getRawType()
                                        .getName()
                                        .replace("[C", "char[]")
                                        .replace("[B", "byte[]"))) {
                            violations.accept("holds " + field.getName() + " in the clear");
                        }
                    }
                }))
                .because("a record, a debugger or a log line would print it");
    }

    private static boolean isInstanceField(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.STATIC)
                && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static ArchRule namesSaySomething() {
        return classes()
                .should(condition("have a name that says something", (type, violations) -> {
                    if (VAGUE_NAME.matcher(type.getSimpleName()).matches()) {
                        violations.accept("has a vague name");
                    }
                }))
                .because("such a name says nothing about what the class does");
    }

    private static ArchRule exportedNamesAreNotAbstract() {
        DescribedPredicate<JavaClass> exported =
                describe("are in an exported package", type -> !Layout.isInternal(type));
        return classes()
                .that(exported)
                .should()
                .haveSimpleNameNotStartingWith("Abstract")
                .because("applications compose our classes, they do not extend them");
    }

    private static ArchRule packagesAreNullMarked() {
        return classes()
                .should(condition("be in a @NullMarked package", (type, violations) -> {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        violations.accept("is in " + type.getPackageName() + ", which is not @NullMarked");
                    }
                }))
                .because("an unmarked package is not checked for nulls");
    }
}
