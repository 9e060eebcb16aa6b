// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Makes text of what a program wrote, whatever encoding, colours and line ends it believes in. */
final class OutputText {
    private static final char ESCAPE = 0x1B;
    private static final char BELL = 0x07;

    private OutputText() {}

    /** Decodes by the byte order mark, else as UTF-8; leaves line feeds and tabulators of all control characters. */
    static String decode(byte[] bytes) {
        int first = bytes.length > 1 ? (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF : 0;
        Charset charset = first == 0xFFFE
                ? StandardCharsets.UTF_16LE
                : first == 0xFEFF ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
        String text = new String(bytes, charset);
        return plain(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ESCAPE) {
                i = behindSequence(text, i + 1);
                continue;
            }
            if (c == '\r') {
                boolean pair = i + 1 < text.length() && text.charAt(i + 1) == '\n';
                plain.append(pair ? "" : "\n");
            } else if (c >= ' ' && c != 0x7F || c == '\n' || c == '\t') {
                plain.append(c);
            }
            i++;
        }
        return plain.toString();
    }

    /** The end of a sequence of ECMA-48: CSI up to its final letter, OSC up to its terminator, else one character. */
    private static int behindSequence(String text, int start) {
        int i = start;
        if (i < text.length() && text.charAt(i) == '[') {
            i++;
            while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) <= '?') {
                i++;
            }
        } else if (i < text.length() && text.charAt(i) == ']') {
            while (i < text.length() && text.charAt(i) != BELL && text.charAt(i) != ESCAPE && text.charAt(i) != '\n') {
                i++;
            }
            if (i < text.length() && text.charAt(i) == ESCAPE) {
                i++;
            }
        }
        return Math.min(i + 1, text.length());
    }
}
