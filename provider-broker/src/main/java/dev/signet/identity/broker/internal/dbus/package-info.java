/** As much of D-Bus as it takes to call a method with texts and read its answer. */
@NullMarked
package dev.signet.identity.broker.internal.dbus;

import org.jspecify.annotations.NullMarked;
