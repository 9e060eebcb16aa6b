// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The blocks of a text in PEM (RFC 7468), whatever stands between them. */
final class PemBlocks {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int SEARCHED = 64 * 1024;

    private PemBlocks() {}

    /** One block: what it says it is, whether old OpenSSL encrypted it, and its bytes. */
    static final class Block {
        private final String label;
        private final boolean legacyEncryption;
        private final byte[] content;

        Block(String label, boolean legacyEncryption, byte[] content) {
            this.label = label;
            this.legacyEncryption = legacyEncryption;
            this.content = content;
        }

        String label() {
            return label;
        }

        boolean legacyEncryption() {
            return legacyEncryption;
        }

        byte[] content() {
            return content;
        }

        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }

    /** Whether bytes are text in PEM rather than binary. */
    static boolean isPem(byte[] content) {
        int length = Math.min(content.length, SEARCHED);
        return new String(content, 0, length, StandardCharsets.ISO_8859_1).contains(BEGIN);
    }

    /**
     * Reads all blocks.
     *
     * @throws IllegalArgumentException if a block does not end or is not in Base64
     */
    static List<Block> read(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
            String label = labelEnd < 0 ? "" : text.substring(at + BEGIN.length(), labelEnd);
            int end = text.indexOf(END + label + DASHES, Math.max(labelEnd, at));
            if (labelEnd < 0 || label.indexOf('\n') >= 0 || end < 0) {
                throw new IllegalArgumentException("a PEM block is cut off; export the file again");
            }
            blocks.add(block(label, text.substring(labelEnd + DASHES.length(), end)));
            at = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static Block block(String label, String body) {
        boolean encrypted = body.contains("Proc-Type:") && body.contains("ENCRYPTED");
        if (encrypted) {
            return new Block(label, true, new byte[0]);
        }
        try {
            return new Block(label, false, Base64.getMimeDecoder().decode(body));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("the PEM block " + label + " is damaged; export the file again");
        }
    }
}
