// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import java.io.File;

/** Whether a file can be read; a seam, because detection is a pure function. */
@FunctionalInterface
interface FileCheck {
    /** Asks the file system. */
    FileCheck FILE_SYSTEM = new FileSystem();

    boolean isReadableFile(String path);

    /** A class, because a lambda would cost a cold start more than the question. */
    final class FileSystem implements FileCheck {
        private FileSystem() {}

        @Override
        public boolean isReadableFile(String path) {
            File file = new File(path);
            return file.isFile() && file.canRead();
        }
    }
}
