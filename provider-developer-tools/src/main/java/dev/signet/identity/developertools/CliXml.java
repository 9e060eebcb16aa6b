// SPDX-License-Identifier: MIT
package dev.signet.identity.developertools;

/** Reads the errors that the older PowerShell writes as XML where it was told to write text. */
final class CliXml {
    private static final String HEAD = "#< CLIXML";
    private static final String ERROR = "<S S=\"Error\">";

    private CliXml() {}

    /** The errors in words; a text that is no such XML stays as it is. */
    static String text(String written) {
        if (!written.contains(HEAD)) {
            return written;
        }
        StringBuilder text = new StringBuilder();
        int start = written.indexOf(ERROR);
        while (start >= 0) {
            int end = written.indexOf("</S>", start);
            String line = written.substring(start + ERROR.length(), end < 0 ? written.length() : end);
            text.append(line.replace("_x000D_", "").replace("_x000A_", "\n"));
            start = end < 0 ? -1 : written.indexOf(ERROR, end);
        }
        return text.toString()
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
