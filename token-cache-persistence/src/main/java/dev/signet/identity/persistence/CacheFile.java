// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that only its owner can read and that is always whole: it is replaced, never written to. Symbolic links are
 * not followed. Changes need the {@link CacheLock}, reads do not.
 */
record CacheFile(Path path, Writer writer) {
    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    CacheFile(Path path) {
        this(path, CacheFile::writeThrough);
    }

    /** Writes a new file. */
    @FunctionalInterface
    interface Writer {
        void write(Path file, byte[] content) throws IOException;
    }

    /** What changes when the file is replaced or written to. */
    record Stamp(Object modified, long size, String key) {}

    boolean isLink() {
        return Files.isSymbolicLink(path);
    }

    /** The present stamp; null if there is no file. */
    @Nullable
    Stamp stamp() throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Stamp(found.lastModifiedTime(), found.size(), String.valueOf(found.fileKey()));
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    /** What is in it; null if there is no file. */
    byte @Nullable [] read() throws IOException {
        try (var content = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return content.readAllBytes();
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    /** Puts a new file in its place. After a failure or a crash the old one is still there. */
    void replace(byte[] content) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(next); // of a process that was killed
        try {
            writer.write(next, content);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Moves it out of the way, for somebody to look at. */
    Path moveAside() throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".corrupt");
        Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return aside;
    }

    /** Makes the folder if there is none, and lets only its owner in. */
    void makeFolder() throws IOException {
        Path folder = path.getParent();
        if (folder == null) {
            throw new FileSystemException(path.toString(), null, "is not in a folder");
        }
        if (!isPosix(folder)) {
            Files.createDirectories(folder);
            return;
        }
        var owner = PosixFilePermissions.fromString("rwx------");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
        }
        if (!Files.getPosixFilePermissions(folder).equals(owner)) {
            Files.setPosixFilePermissions(folder, owner);
        }
    }

    static FileAttribute<?>[] ownerOnly(Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : NO_ATTRIBUTES;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void writeThrough(Path file, byte[] content) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly(file))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true); // a crash after the move must not leave an empty file
        }
    }
}
