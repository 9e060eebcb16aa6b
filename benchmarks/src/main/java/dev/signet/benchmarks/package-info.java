/** Runs the measurements and prints the table. */
@NullMarked
package dev.signet.benchmarks;

import org.jspecify.annotations.NullMarked;
