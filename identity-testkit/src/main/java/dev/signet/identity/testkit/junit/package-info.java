/** The embedded cloud as a JUnit Jupiter extension, and contracts that every provider and credential keeps. */
@NullMarked
package dev.signet.identity.testkit.junit;

import org.jspecify.annotations.NullMarked;
