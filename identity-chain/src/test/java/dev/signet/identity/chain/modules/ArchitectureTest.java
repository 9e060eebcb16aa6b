// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.freeze.FreezingArchRule;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture rules hold for the main classes of all modules, and each of them bites. */
class ArchitectureTest {
    private static JavaClasses production;
    private static JavaClasses everything;

    @BeforeAll
    static void importClasses() {
        Set<Location> locations = new HashSet<>();
        for (ReachableModule module : ReachableModule.ALL) {
            URI place = module.location().toUri();
            boolean folder = Files.isDirectory(module.location());
            locations.add(Location.of(folder ? place : URI.create("jar:" + place + "!/")));
        }
        everything = new ClassFileImporter().importLocations(locations);
        production = everything.that(describe(
                "are no part of the testkit",
                type -> !Layout.PROJECT.module(type).equals("testkit")));
    }

    static Stream<Rule> rules() {
        return Stream.of(DependencyRules.all(), TypeRules.all(), CallRules.all(), SignatureRules.all())
                .flatMap(List::stream);
    }

    static Stream<ReachableModule> modules() {
        return ReachableModule.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void import_ofModule_seesItsClasses(ReachableModule module) {
        int seen = 0;
        for (JavaClass type : everything) {
            String name = type.getPackageName();
            boolean ofApi = name.equals(module.name()) || name.equals(module.name() + ".spi");
            if (module == ReachableModule.API ? ofApi : (name + ".").startsWith(module.name() + ".")) {
                seen++;
            }
        }
        assertTrue(seen >= module.atLeastClasses(), module + " has " + seen + " classes only");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_mainClasses_holds(Rule rule) {
        JavaClasses subjects = rule.testkitToo() ? everything : production;
        check(rule, subjects);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_violatingClasses_bites(Rule rule) {
        assertFalse(rule.violations().isEmpty());
        for (Set<Class<?>> violators : rule.violations()) {
            JavaClasses subjects = new ClassFileImporter().importClasses(violators);
            ArchRule inMiniature = rule.rule().apply(Layout.VIOLATIONS);
            assertTrue(inMiniature.evaluate(subjects).hasViolation(), violators + " do not violate " + rule);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_hasReason(Rule rule) {
        ArchRule plain = rule.rule().apply(Layout.PROJECT);
        assertTrue(plain.getDescription().contains(", because "), plain.getDescription());
        assertFalse(plain instanceof FreezingArchRule, "frozen: " + rule);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_exceptions_areStillNeeded(Rule rule) {
        for (String exception : rule.exceptions().keySet()) {
            JavaClasses excepted = everything.that(
                    describe("are " + exception, type -> Rule.outermost(type).equals(exception)));
            ArchRule plain = rule.rule().apply(Layout.PROJECT);
            assertTrue(plain.evaluate(excepted).hasViolation(), exception + " needs no exception");
        }
    }

    @Test
    void rules_numbers_areOneToEighteen() {
        Set<Integer> numbers = new HashSet<>(Set.of(18)); // is about the others: rule_hasReason
        rules().forEach(rule -> numbers.add(rule.number()));
        for (int number = 1; number <= 18; number++) {
            assertTrue(numbers.contains(number), "rule " + number);
        }
        assertEquals(18, numbers.size());
    }

    private static void check(Rule rule, JavaClasses subjects) {
        ArchRule plain = rule.rule().apply(Layout.PROJECT).allowEmptyShould(true);
        plain.check(subjects.that(describe("are not excepted", type -> !rule.excepts(type))));
    }
}
