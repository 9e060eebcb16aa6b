/** Programs whose whole life is measured: each gets one managed-identity token in a fresh JVM. */
@NullMarked
package dev.signet.benchmarks.cold;

import org.jspecify.annotations.NullMarked;
