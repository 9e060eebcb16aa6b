// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A command line tool that does what a test says: a shell script with the name of {@code az}, {@code azd}, {@code
 * pwsh} or any other, which records how it is run. Without a reply it writes nothing and ends with exit code 0. For
 * systems with a POSIX shell. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ScriptedTool implements AutoCloseable {
    private final Path file;
    private final Path state;
    private final AtomicInteger replies = new AtomicInteger();

    private ScriptedTool(Path file, Path state) {
        this.file = file;
        this.state = state;
    }

    /**
     * Writes a tool.
     *
     * @param directory where; a tool of that name must not be there yet
     * @param name the file name
     * @return the tool, ready to be run
     * @throws UncheckedIOException if it cannot be written
     */
    public static ScriptedTool install(Path directory, String name) {
        Path file = directory.toAbsolutePath().resolve(name);
        Path state = file.resolveSibling("." + name);
        if (file.toString().contains("'")) {
            throw new IllegalArgumentException("the directory must not have a quote in its name");
        }
        try {
            Files.createDirectories(state.resolve("runs"));
            Files.createDirectories(state.resolve("replies"));
            Files.writeString(file, ToolScript.main(state.toString()));
            if (!file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
            ScriptedTool tool = new ScriptedTool(file, state);
            return tool.always(ToolReply.output(""));
        } catch (IOException failure) {
            throw new UncheckedIOException("a tool cannot be written", failure);
        }
    }

    /**
     * The script.
     *
     * @return absolute
     */
    public Path file() {
        return file;
    }

    /**
     * The variable that makes a credential find this tool, and others in its directory, and no more.
     *
     * @return {@code PATH}
     */
    public Map<String, String> environment() {
        return Map.of("PATH", String.valueOf(file.getParent()));
    }

    /**
     * Adds replies for the next runs, one each.
     *
     * @param more in order
     * @return this
     */
    public ScriptedTool enqueue(ToolReply... more) {
        for (ToolReply reply : more) {
            write(reply, state.resolve("replies").resolve(Integer.toString(replies.incrementAndGet())));
        }
        return this;
    }

    /**
     * Sets the reply of every run for which none was enqueued.
     *
     * @param reply the reply
     * @return this
     */
    public ScriptedTool always(ToolReply reply) {
        write(reply, state.resolve("always"));
        return this;
    }

    /** In a folder that gets its name when it is complete, since the tool may be running. */
    private void write(ToolReply reply, Path folder) {
        try {
            Path made = Files.createTempDirectory(state, "reply");
            Files.write(made.resolve("output"), reply.parts().output);
            Files.write(made.resolve("errors"), reply.parts().errors);
            Files.writeString(made.resolve("plan"), ToolScript.plan(reply.parts()));
            if (Files.exists(folder)) {
                Files.move(folder, Files.createTempDirectory(state, "old").resolve("reply"));
            }
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("a reply cannot be written", failure);
        }
    }

    /**
     * The runs so far.
     *
     * @return in the order of their starts
     */
    public List<ToolRun> runs() {
        List<ToolRun> runs = new ArrayList<>();
        try {
            for (Path record : records()) {
                if (Files.exists(record.resolve("recorded"))) {
                    runs.add(ToolRun.read(record));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("a run cannot be read", failure);
        }
        return runs;
    }

    /**
     * The latest run.
     *
     * @return the last of {@link #runs()}
     * @throws NoSuchElementException if there was none
     */
    public ToolRun lastRun() {
        List<ToolRun> runs = runs();
        if (runs.isEmpty()) {
            throw new NoSuchElementException(file.getFileName() + " was not run");
        }
        return runs.get(runs.size() - 1);
    }

    /**
     * The processes that are left of all runs, and their children.
     *
     * @return those that have not ended
     */
    public List<ProcessHandle> processes() {
        List<ProcessHandle> alive = new ArrayList<>();
        try {
            for (Path record : records()) {
                Path processes = record.resolve("processes");
                for (String pid : Files.exists(processes) ? Files.readAllLines(processes) : List.<String>of()) {
                    ProcessHandle.of(Long.parseLong(pid)).filter(this::isOurs).ifPresent(process -> {
                        process.descendants().forEach(alive::add);
                        alive.add(process);
                    });
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("a run cannot be read", failure);
        }
        return alive.stream().distinct().toList();
    }

    /** The number may have gone to another process; one that has ended but was not collected has no command. */
    private boolean isOurs(ProcessHandle process) {
        String command = process.info().commandLine().orElse("");
        return process.isAlive() && (command.contains(file.toString()) || command.contains("sleep "));
    }

    private List<Path> records() {
        List<Path> records = new ArrayList<>();
        for (int i = 1; Files.isDirectory(state.resolve("runs").resolve(Integer.toString(i))); i++) {
            records.add(state.resolve("runs").resolve(Integer.toString(i)));
        }
        return records;
    }

    /** Ends what is left of all runs. The files stay, with the directory's owner. */
    @Override
    public void close() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public String toString() {
        return "ScriptedTool[" + file + "]";
    }
}
