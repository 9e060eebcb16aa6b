/** Micro-benchmarks of the paths that a warm application runs. */
@NullMarked
package dev.signet.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
