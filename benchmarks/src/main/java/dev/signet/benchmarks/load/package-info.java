/** Programs that count requests, waits and threads. */
@NullMarked
package dev.signet.benchmarks.load;

import org.jspecify.annotations.NullMarked;
