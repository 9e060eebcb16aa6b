/** Credentials of the user who is signed in to the machine. */
@NullMarked
package dev.signet.identity.broker;

import org.jspecify.annotations.NullMarked;
