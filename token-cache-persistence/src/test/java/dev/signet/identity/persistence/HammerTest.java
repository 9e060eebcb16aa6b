// SPDX-License-Identifier: MIT
package dev.signet.identity.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.core.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HammerTest {
    @TempDir
    Path home;

    @Test
    @DisplayName("PC09 two processes, one of them killed")
    void update_twoProcessesOneKilled_losesNothingThatWasKept() throws Exception {
        Path file = home.resolve("cache").resolve("signet.cache.nocae");
        List<String> kept = new ArrayList<>();
        try (ChildJvm survivor = ChildJvm.start(home, Hammer.class, file.toString(), "a", "120");
                ChildJvm victim = ChildJvm.start(home, Hammer.class, file.toString(), "b", "100000")) {
            for (int i = 0; i < 40; i++) {
                kept.add(survivor.line());
                kept.add(victim.line());
            }
            victim.kill();
            for (String line = victim.line(); !line.isEmpty(); line = victim.line()) {
                kept.add(line);
            }
            for (int i = 40; i < 120; i++) {
                kept.add(survivor.line());
            }
            assertEquals(0, survivor.exit());
        }

        // whatever the victim left behind is taken over by the next who writes
        Hammer.store(file).update(json -> json);
        String json = Hammer.store(file).read();

        JsonObject cache =
                JsonObject.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        for (String entry : kept) {
            assertTrue(cache.string(entry).isPresent(), entry + " is lost");
        }
        assertTrue(kept.contains("a119") && kept.contains("b39"));
        try (var files = Files.list(file.getParent())) {
            assertEquals(
                    List.of("signet.cache.nocae", "signet.cache.nocae.lock"),
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }
}
