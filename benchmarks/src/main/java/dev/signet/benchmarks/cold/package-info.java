/** Programs whose whole life is measured: each gets one token in a fresh JVM. */
@NullMarked
package dev.signet.benchmarks.cold;

import org.jspecify.annotations.NullMarked;
