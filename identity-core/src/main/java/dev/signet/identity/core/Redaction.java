// SPDX-License-Identifier: MIT
package dev.signet.identity.core;

import java.util.BitSet;

/**
 * Makes text that came from outside fit for messages and logs: control characters removed, tokens masked, length
 * bounded. The second line of defence: what is known to be secret is not put into a message at all.
 *
 * @since 0.1.0
 */
public final class Redaction {
    /** The most characters that are quoted of a text from outside: {@value}. */
    public static final int MAX_QUOTED = 512;

    private static final String MASK = "***";
    private static final String CUT = "...";

    /** Names whose values are masked wherever they are quoted, in JSON, forms or assignments. */
    private static final String[] SECRET_NAMES = {
        "access_token",
        "refresh_token",
        "id_token",
        "client_secret",
        "client_assertion",
        "assertion",
        "password",
        "secret",
        "device_code",
        "code_verifier",
        "accesstoken",
        "refreshtoken",
        "idtoken",
        "token",
        "private_key",
        "identity_header",
        "x-identity-header"
    };

    /** An unbroken run of so many characters is no word of any language; ids are shorter. */
    private static final int OPAQUE_LENGTH = 64;

    private Redaction() {}

    /**
     * Quotes a text from outside.
     *
     * @param text for example the body of an error answer
     * @return one line of at most {@link #MAX_QUOTED} characters, without control characters and tokens
     */
    public static String quote(String text) {
        return quote(text, MAX_QUOTED);
    }

    /** The same with another bound. */
    static String quote(String text, int max) {
        String head = text.length() > 4 * MAX_QUOTED ? text.substring(0, 4 * MAX_QUOTED) : text;
        String clean = scrub(oneLine(head));
        if (clean.length() <= max) {
            return clean;
        }
        int end = max - CUT.length();
        if (Character.isHighSurrogate(clean.charAt(end - 1))) {
            end--;
        }
        // the cut may have gone through a mask; masking again makes quoting a quotation change nothing
        return scrub(clean.substring(0, end) + CUT);
    }

    /**
     * Masks what looks like a token and the values of members with telling names.
     *
     * @param text any text
     * @return the text with {@code ***} in their place
     */
    public static String scrub(String text) {
        String before = text;
        String masked = mask(before);
        // a mask may uncover the shape of another assignment; every round leaves fewer characters to mask
        while (!masked.equals(before)) {
            before = masked;
            masked = mask(before);
        }
        return masked;
    }

    private static String mask(String text) {
        BitSet secret = new BitSet(text.length());
        markJwts(text, secret);
        markOpaque(text, secret);
        for (String name : SECRET_NAMES) {
            markNamedValues(text, name, secret);
        }
        int from = secret.nextSetBit(0);
        if (from < 0) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int done = 0;
        while (from >= 0) {
            masked.append(text, done, from).append(MASK);
            done = secret.nextClearBit(from);
            from = secret.nextSetBit(done);
        }
        return masked.append(text, done, text.length()).toString();
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank =
                    c <= ' ' || c >= 0x7F && c <= 0xA0 || c >= 0x2028 && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
            if (blank) {
                gap = line.length() > 0;
            } else {
                if (gap) {
                    line.append(' ');
                    gap = false;
                }
                line.append(c);
            }
        }
        return line.toString();
    }

    /** A JWT starts with the base64url of an opening brace and quote: {@code eyJ}. */
    private static void markJwts(String text, BitSet secret) {
        int at = text.indexOf("eyJ");
        while (at >= 0) {
            int end = at;
            while (end < text.length() && isTokenCharacter(text.charAt(end))) {
                end++;
            }
            if (end - at >= 10) {
                secret.set(at, end);
            }
            at = text.indexOf("eyJ", end);
        }
    }

    /** Base64url of some length: refresh tokens, and access tokens that are no JWT. */
    private static void markOpaque(String text, BitSet secret) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean inRun = i < text.length() && isBase64Url(text.charAt(i));
            if (!inRun) {
                if (i - start >= OPAQUE_LENGTH) {
                    secret.set(start, i);
                }
                start = i + 1;
            }
        }
    }

    private static boolean isBase64Url(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static void markNamedValues(String text, String name, BitSet secret) {
        int at = indexOfIgnoreCase(text, name, 0);
        while (at >= 0) {
            int end = at + name.length();
            int start = valueStart(text, end);
            if (start >= 0 && !isProse(text, at, name)) {
                secret.set(start, valueEnd(text, start));
            }
            at = indexOfIgnoreCase(text, name, end);
        }
    }

    /** "while fetching a token: ..." and "Get-AzAccessToken: ..." introduce no value, but what went wrong. */
    private static boolean isProse(String text, int at, String name) {
        boolean word =
                name.equals("token") || name.equals("accesstoken") && at > 0 && Character.isLetter(text.charAt(at - 1));
        return word && text.charAt(skip(text, at + name.length(), " ")) == ':';
    }

    /** Where the value behind a name starts, or -1 when no assignment follows. */
    private static int valueStart(String text, int nameEnd) {
        int i = skip(text, skip(text, nameEnd, "\"'\\"), " ");
        if (i >= text.length() || text.charAt(i) != ':' && text.charAt(i) != '=') {
            return -1;
        }
        i = skip(text, skip(text, i + 1, " "), "\"'\\");
        return i < text.length() ? i : -1;
    }

    private static int skip(String text, int from, String characters) {
        int i = from;
        while (i < text.length() && characters.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** A quoted value ends at its closing quote, in JSON within JSON at the escaped one; another at a delimiter. */
    private static int valueEnd(String text, int start) {
        char quote = text.charAt(start - 1);
        if (quote != '"' && quote != '\'') {
            int i = start;
            while (i < text.length() && "\"' ,;&}<\\".indexOf(text.charAt(i)) < 0) {
                i++;
            }
            return i;
        }
        int depth = backslashesBefore(text, start - 1);
        int end = text.indexOf(quote, start);
        while (end >= 0 && backslashesBefore(text, end) > depth) {
            end = text.indexOf(quote, end + 1);
        }
        return end < 0 ? text.length() : end - backslashesBefore(text, end);
    }

    private static int backslashesBefore(String text, int at) {
        int i = at;
        while (i > 0 && text.charAt(i - 1) == '\\') {
            i--;
        }
        return at - i;
    }

    private static int indexOfIgnoreCase(String text, String name, int from) {
        for (int i = from; i <= text.length() - name.length(); i++) {
            if (text.regionMatches(true, i, name, 0, name.length())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isTokenCharacter(char c) {
        return isBase64Url(c) || ".=+/~".indexOf(c) >= 0;
    }
}
