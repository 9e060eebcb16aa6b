// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** A program of the system that a test talks to: where it is missing the test is skipped, but fails on CI. */
final class RealPeer {
    private RealPeer() {}

    static void require(Path program, String debianPackage) {
        if (!Files.exists(program)) {
            String missing = program + " is not installed: apt-get install " + debianPackage;
            assertNotEquals("true", System.getenv("CI"), missing);
            assumeTrue(false, missing);
        }
    }
}
