// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One architecture rule: its number, the rule for a layout, whether the testkit follows it too, the classes that are
 * excepted with the reason, and the sets of classes that violate it.
 */
record Rule(
        String id,
        Function<Layout, ArchRule> rule,
        boolean testkitToo,
        Map<String, String> exceptions,
        List<Set<Class<?>>> violations) {

    static Rule production(String id, ArchRule rule, Class<?>... violators) {
        return production(id, layout -> rule, violators);
    }

    static Rule production(String id, Function<Layout, ArchRule> rule, Class<?>... violators) {
        return new Rule(id, rule, false, Map.of(), each(violators));
    }

    static Rule everywhere(String id, ArchRule rule, Class<?>... violators) {
        return new Rule(id, layout -> rule, true, Map.of(), each(violators));
    }

    Rule except(Map<String, String> classes) {
        return new Rule(id, rule, testkitToo, classes, violations);
    }

    Rule violatedTogetherBy(Class<?>... violators) {
        return new Rule(id, rule, testkitToo, exceptions, List.of(Set.of(violators)));
    }

    /** The rule's number in the style guide. */
    int number() {
        return Integer.parseInt(id.replaceAll("[a-z]", ""));
    }

    boolean excepts(JavaClass type) {
        return exceptions.containsKey(outermost(type));
    }

    static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(Rule::outermost).orElse(type.getFullName());
    }

    /** A condition that reports what {@code check} says about a class. */
    static ArchCondition<JavaClass> condition(String description, BiConsumer<JavaClass, Consumer<String>> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(
                        type,
                        message -> events.add(SimpleConditionEvent.violated(type, type.getFullName() + " " + message)));
            }
        };
    }

    private static List<Set<Class<?>>> each(Class<?>... violators) {
        return List.of(violators).stream().map(Set::<Class<?>>of).toList();
    }

    @Override
    public String toString() {
        return id + " " + rule.apply(Layout.PROJECT).getDescription();
    }
}
