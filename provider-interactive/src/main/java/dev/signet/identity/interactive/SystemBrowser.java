// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.core.CommandRunner;
import dev.signet.identity.core.ExecutableSearch;
import dev.signet.identity.core.OperatingSystem;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.ProviderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Opens the user's browser by the means of each system, without a shell and without {@code java.desktop}. On Linux the
 * first of several programs that does not fail at once; in the Windows subsystem for Linux the browser of Windows.
 */
final class SystemBrowser implements BrowserOpener {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final List<String> LINUX =
            List.of("xdg-open", "gnome-open", "kfmclient", "microsoft-edge", "wslview");
    private static final Path KERNEL = Path.of("/proc/version");

    private final ProviderContext context;
    private final Path kernel;

    SystemBrowser(ProviderContext context) {
        this(context, KERNEL);
    }

    /** With another file that tells the kernel. */
    SystemBrowser(ProviderContext context, Path kernel) {
        this.context = context;
        this.kernel = kernel;
    }

    @Override
    public void open(URI address) {
        if (!isPlain(address.toString())) {
            throw failed("the address has characters that no browser should be given");
        }
        Environment environment = context.environment();
        List<List<String>> commands = commands(environment, address.toString());
        for (List<String> command : commands) {
            if (works(command)) {
                return;
            }
        }
        throw failed(
                commands.isEmpty()
                        ? "no program that opens one was found"
                        : "none of the programs that open one works");
    }

    private boolean works(List<String> command) {
        try {
            OptionalInt exit =
                    CommandRunner.of(context).launch(command.get(0), command.subList(1, command.size()), PATIENCE);
            return exit.isEmpty() || exit.getAsInt() == 0;
        } catch (UncheckedIOException notStarted) {
            return false;
        }
    }

    /** What to try, in order. */
    List<List<String>> commands(Environment environment, String address) {
        String system = environment.property("os.name").orElse("");
        if (OperatingSystem.of(environment) == OperatingSystem.WINDOWS) {
            String root = environment.get("SystemRoot").orElse("C:\\Windows");
            return List.of(List.of(root + "\\System32\\rundll32.exe", "url.dll,FileProtocolHandler", address));
        }
        if (system.startsWith("Mac")) {
            return List.of(List.of("/usr/bin/open", address));
        }
        if (environment.has("SUDO_USER")) {
            throw failed("a browser does not start under sudo; run the program without it");
        }
        List<List<String>> commands = new ArrayList<>();
        for (String name : isWindowsSubsystem(environment) ? List.of("wslview") : LINUX) {
            find(environment, name)
                    .ifPresent(program -> commands.add(
                            name.equals("kfmclient")
                                    ? List.of(program, "openURL", address)
                                    : List.of(program, address)));
        }
        if (isWindowsSubsystem(environment)) {
            find(environment, "powershell.exe")
                    .ifPresent(program -> commands.add(List.of(
                            program, "-NoProfile", "-NonInteractive", "-Command", "Start-Process '" + address + "'")));
            find(environment, "rundll32.exe")
                    .ifPresent(program -> commands.add(List.of(program, "url.dll,FileProtocolHandler", address)));
        }
        return commands;
    }

    private static Optional<String> find(Environment environment, String name) {
        return ExecutableSearch.find(environment, List.of(name), List.of());
    }

    private boolean isWindowsSubsystem(Environment environment) {
        if (environment.has("WSL_DISTRO_NAME")) {
            return true;
        }
        try {
            String version = Files.readString(kernel).toLowerCase(Locale.ROOT);
            return version.contains("microsoft") || version.contains("wsl");
        } catch (IOException unknown) {
            return false;
        }
    }

    /** What an address of ours consists of; none of it means anything to a shell, if one should be behind a program. */
    private static boolean isPlain(String address) {
        boolean plain = address.startsWith("https://") || address.startsWith("http://");
        for (int i = 0; i < address.length() && plain; i++) {
            char c = address.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            plain = word || ":/?&=%._~-[]".indexOf(c) >= 0;
        }
        return plain;
    }

    private static UncheckedIOException failed(String why) {
        return new UncheckedIOException(new IOException(why));
    }

    @Override
    public String toString() {
        return "SystemBrowser";
    }
}
