// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads from a class file (JVMS chapter 4.4) which methods the class calls. */
public final class ClassReferences {
    private static final int MAGIC_AND_VERSION_BYTES = 8;

    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, int[]> pairs = new HashMap<>();
    private final Set<Integer> methods = new TreeSet<>();

    private ClassReferences() {}

    /**
     * The methods that a class and those nested with it name in their constant pools.
     *
     * @param type any class that was loaded from a class file
     * @return entries such as {@code java.lang.System.getenv}
     */
    public static Set<String> methodsCalledBy(Class<?> type) {
        Set<String> calls = new TreeSet<>();
        for (Class<?> member : type.getNestMembers()) {
            String name = member.getName();
            try (InputStream in = member.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
                if (in != null) {
                    ClassReferences references = new ClassReferences();
                    references.read(new DataInputStream(in));
                    references.collect(calls);
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot read the class file of " + name, unreadable);
            }
        }
        return calls;
    }

    private void read(DataInputStream in) throws IOException {
        in.skipNBytes(MAGIC_AND_VERSION_BYTES);
        int count = in.readUnsignedShort();
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(index, in.readUTF());
                case 3, 4 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    index++; // long and double take two places
                }
                case 7, 8, 16, 19, 20 -> pairs.put(index, new int[] {in.readUnsignedShort()});
                case 9, 10, 11, 12, 17, 18 -> {
                    pairs.put(index, new int[] {in.readUnsignedShort(), in.readUnsignedShort()});
                    if (tag == 10 || tag == 11) {
                        methods.add(index);
                    }
                }
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("unknown constant of kind " + tag);
            }
        }
    }

    private void collect(Set<String> calls) {
        for (int method : methods) {
            String owner = text(pair(pair(method)[0])[0]);
            String name = text(pair(pair(method)[1])[0]);
            calls.add(owner.replace('/', '.') + "." + name);
        }
    }

    private int[] pair(int index) {
        int[] pair = pairs.get(index);
        if (pair == null) {
            throw new IllegalStateException("malformed class file");
        }
        return pair;
    }

    private String text(int index) {
        return texts.getOrDefault(index, "");
    }
}
