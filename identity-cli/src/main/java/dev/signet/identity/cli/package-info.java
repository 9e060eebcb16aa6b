/** The commands of the command line. */
@NullMarked
package dev.signet.identity.cli;

import org.jspecify.annotations.NullMarked;
