/** Errors of the message bus, for the fake broker. */
@NullMarked
package org.freedesktop;

import org.jspecify.annotations.NullMarked;
