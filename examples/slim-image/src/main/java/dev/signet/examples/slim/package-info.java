/** An application that needs a token and nothing else. */
@NullMarked
package dev.signet.examples.slim;

import org.jspecify.annotations.NullMarked;
