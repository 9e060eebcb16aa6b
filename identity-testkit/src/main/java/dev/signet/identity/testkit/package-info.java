/** The embedded cloud and test doubles for the SPI; start at {@link dev.signet.identity.testkit.EmbeddedCloud}. */
@NullMarked
package dev.signet.identity.testkit;

import org.jspecify.annotations.NullMarked;
