// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

/** Whether a path that came over the network may be the agent's key file. Pure text, so that it tests anywhere. */
final class ArcKeyPath {
    private ArcKeyPath() {}

    /**
     * Judges a path.
     *
     * @param path the path in the challenge
     * @param directory the agent's key directory
     * @param windows whether backslashes separate and letters compare without case
     * @return whether the path is a {@code .key} file right in the directory
     */
    static boolean isKeyFile(String path, String directory, boolean windows) {
        String separator = windows ? "\\" : "/";
        String wanted = withoutTrailing(directory, separator);
        int end = path.lastIndexOf(separator);
        if (end < 0 || path.indexOf('\0') >= 0 || path.contains("..")) {
            return false;
        }
        String parent = path.substring(0, end);
        String name = path.substring(end + 1);
        boolean inside = windows ? parent.equalsIgnoreCase(wanted) : parent.equals(wanted);
        boolean plain = !windows || name.indexOf('/') < 0 && name.indexOf(':') < 0;
        return inside && plain && name.endsWith(".key") && name.length() > ".key".length();
    }

    private static String withoutTrailing(String directory, String separator) {
        return directory.endsWith(separator) ? directory.substring(0, directory.length() - 1) : directory;
    }
}
