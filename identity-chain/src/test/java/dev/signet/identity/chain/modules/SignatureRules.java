// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static dev.signet.identity.chain.modules.Rule.condition;
import static dev.signet.identity.chain.modules.Rule.everywhere;
import static dev.signet.identity.chain.modules.Rule.production;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import dev.signet.identity.chain.modules.violations.FieldViolations;
import dev.signet.identity.chain.modules.violations.SignatureViolations;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rule 15: what signatures and fields look like. */
final class SignatureRules {
    private static final int MOST_PARAMETERS = 4;

    private SignatureRules() {}

    static List<Rule> all() {
        return List.of(
                production("15a", noOptionalParameters(), SignatureViolations.TakesOptional.class),
                everywhere("15b", noOptionalFields(), FieldViolations.HoldsOptional.class),
                everywhere("15c", publicFieldsAreConstants(), FieldViolations.PublicField.class),
                everywhere("15d", fewParameters(), SignatureViolations.TakesFive.class)
                        .except(Map.of(
                                "dev.signet.identity.spi.IdentityEventListener",
                                "the facts of an event; it is overridden, nobody writes a call",
                                "dev.signet.identity.testkit.RecordingListener",
                                "overrides it")));
    }

    private static ArchRule noOptionalParameters() {
        return classes()
                .should(condition("take no Optional", (type, violations) -> {
                    for (JavaMethod method : type.getMethods()) {
                        boolean written = !method.getModifiers().contains(JavaModifier.SYNTHETIC);
                        if (written
                                && method.getRawParameterTypes().stream()
                                        .anyMatch(p -> p.isEquivalentTo(Optional.class))) {
                            violations.accept("takes an Optional in " + method.getName());
                        }
                    }
                }))
                .because("an overload or a nullable parameter says it without a box");
    }

    private static ArchRule noOptionalFields() {
        return classes()
                .should(condition("hold no Optional", (type, violations) -> {
                    for (JavaField field : type.getFields()) {
                        if (field.getRawType().isEquivalentTo(Optional.class)) {
                            violations.accept("holds an Optional in " + field.getName());
                        }
                    }
                }))
                .because("a nullable field costs nothing");
    }

    private static ArchRule publicFieldsAreConstants() {
        return classes()
                .should(condition("have no public fields but constants", (type, violations) -> {
                    for (JavaField field : type.getFields()) {
                        if (field.getModifiers().contains(JavaModifier.PUBLIC)
                                && !(field.getModifiers().contains(JavaModifier.STATIC)
                                        && field.getModifiers().contains(JavaModifier.FINAL))) {
                            violations.accept("shows " + field.getName());
                        }
                    }
                }))
                .because("a field cannot be given a meaning later");
    }

    private static ArchRule fewParameters() {
        return classes()
                .that()
                .arePublic()
                .should(condition("have public methods of at most four parameters", (type, violations) -> {
                    for (JavaMethod method : type.getMethods()) {
                        if (method.getModifiers().contains(JavaModifier.PUBLIC)
                                && method.getRawParameterTypes().size() > MOST_PARAMETERS) {
                            violations.accept("takes too many parameters in " + method.getName());
                        }
                    }
                }))
                .because("nobody remembers the order of five");
    }
}
