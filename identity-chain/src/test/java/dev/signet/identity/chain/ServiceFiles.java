// SPDX-License-Identifier: MIT
package dev.signet.identity.chain;

import dev.signet.identity.spi.CredentialProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A class path of its own: a service file with given lines, and its own copy of the classes that the lines name. It
 * knows which of them were loaded.
 */
final class ServiceFiles extends ClassLoader {
    private static final String FILE = "META-INF/services/" + CredentialProvider.class.getName();

    private final String lines;
    private final Set<String> own = new HashSet<>();
    private final Set<String> broken = new HashSet<>();

    ServiceFiles(String... lines) {
        super(ClassLoader.getPlatformClassLoader());
        this.lines = String.join("\n", lines);
        this.own.addAll(List.of(lines));
    }

    static ServiceFiles none() {
        return new ServiceFiles();
    }

    static ServiceFiles of(Class<?>... types) {
        String[] names = new String[types.length];
        for (int i = 0; i < types.length; i++) {
            names[i] = types[i].getName();
        }
        return new ServiceFiles(names);
    }

    /** Makes a class unloadable, as if something that it needs were missing. */
    ServiceFiles breaking(Class<?> type) {
        broken.add(type.getName());
        return this;
    }

    /** The same with more lines in front of and behind these. */
    ServiceFiles behind(Class<?> before, Class<?> after) {
        ServiceFiles files = new ServiceFiles(before.getName(), lines, after.getName());
        files.broken.addAll(broken);
        return files;
    }

    boolean hasLoaded(Class<?> type) {
        return findLoadedClass(type.getName()) != null;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (broken.contains(name)) {
                throw new NoClassDefFoundError("com/example/Missing");
            }
            boolean copied = own.contains(name) || name.startsWith(DiscoveredProviders.class.getName());
            return copied ? copy(name) : name.startsWith("dev.signet.") ? outer(name) : super.loadClass(name, resolve);
        }
    }

    private static Class<?> outer(String name) throws ClassNotFoundException {
        return ServiceFiles.class.getClassLoader().loadClass(name);
    }

    private Class<?> copy(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        try (InputStream code = ServiceFiles.class.getClassLoader().getResourceAsStream(path)) {
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = code.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return name.equals(FILE) ? Collections.enumeration(List.of(file())) : Collections.emptyEnumeration();
    }

    private URL file() {
        try {
            return new URL("memory", "", -1, "/" + FILE, new Lines());
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private final class Lines extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
                }
            };
        }
    }
}
