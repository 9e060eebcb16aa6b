/** The brokers of the operating systems behind one interface. */
@NullMarked
package dev.signet.identity.broker.internal.brokers;

import org.jspecify.annotations.NullMarked;
