// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

import java.util.List;
import java.util.Locale;

/**
 * The number of a status. The Windows runtime tells its Java callers only the name, in the middle of a message; what it
 * tells Linux callers is the number, which is the name's place in this list.
 */
final class WamStatus {
    private static final String LABEL = "Response status: ";
    private static final String PREFIX = "MSALRUNTIME_RESPONSE_STATUS_";

    private static final List<String> NAMES = List.of(
            "UNEXPECTED",
            "RESERVED",
            "INTERACTIONREQUIRED",
            "NONETWORK",
            "NETWORKTEMPORARILYUNAVAILABLE",
            "SERVERTEMPORARILYUNAVAILABLE",
            "APICONTRACTVIOLATION",
            "USERCANCELED",
            "APPLICATIONCANCELED",
            "INCORRECTCONFIGURATION",
            "INSUFFICIENTBUFFER",
            "AUTHORITYUNTRUSTED",
            "USERSWITCH",
            "ACCOUNTUNUSABLE",
            "USERDATAREMOVALREQUIRED",
            "KEYNOTFOUND",
            "ACCOUNTNOTFOUND");

    private WamStatus() {}

    /** The status in a message of the runtime; 0, unexpected, if it has none. */
    static int of(String message) {
        int at = message.indexOf(LABEL);
        if (at < 0) {
            return 0;
        }
        int start = at + LABEL.length();
        int end = message.indexOf(' ', start);
        String name = message.substring(start, end < 0 ? message.length() : end).toUpperCase(Locale.ROOT);
        return Math.max(0, NAMES.indexOf(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name));
    }

    /** What the runtime says besides, without its labels and numbers. */
    static String context(String message) {
        int start = message.indexOf("Context: ");
        int end = message.indexOf(" | " + LABEL);
        return start < 0 || end < start ? message : message.substring(start + "Context: ".length(), end);
    }
}
