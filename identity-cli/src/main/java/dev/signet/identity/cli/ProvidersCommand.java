// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.signet.identity.chain.ChainExplanation;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.chain.LinkExplanation;
import dev.signet.identity.spi.Readiness;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what is installed. */
@Command(
        name = "providers",
        mixinStandardHelpOptions = true,
        description = "Lists the installed and the known credentials, and which setting selects them. Asks nobody.")
final class ProvidersCommand implements Callable<Integer> {
    private final Ambient ambient;

    @Mixin
    private TokenOptions options = new TokenOptions();

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.", defaultValue = "text")
    private OutputFormat output = OutputFormat.TEXT;

    ProvidersCommand(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public Integer call() {
        try (DefaultAzureCredential credential = options.credential(ambient.environment())) {
            ChainExplanation explanation = credential.explain();
            PrintWriter out = ambient.out();
            if (output == OutputFormat.JSON) {
                out.println(JsonText.object(json -> json(json, explanation)));
            } else {
                text(out, explanation);
            }
            out.flush();
            return 0;
        }
    }

    private static void text(PrintWriter out, ChainExplanation explanation) {
        out.println(row("NAME", "CATEGORY", "ORDER", "SELECTED", "MODULE"));
        for (LinkExplanation link : explanation.links()) {
            String module = link.module()
                    .map(name ->
                            name + link.version().map(version -> " " + version).orElse(""))
                    .orElseGet(() -> "not installed: add " + link.artifact().orElse(""));
            String selected = (link.selected() ? "yes" : "no");
            out.println(row(link.name(), lower(link.category()), Integer.toString(link.order()), selected, module));
        }
        out.println("Selection: " + explanation.selection());
        for (String problem : explanation.problems()) {
            out.println("Not loaded: " + problem);
        }
    }

    private static String row(String... cells) {
        int[] widths = {30, 12, 6, 9, 0};
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            row.append(cells[i]);
            row.append(" ".repeat(Math.max(i == cells.length - 1 ? 0 : 1, widths[i] - cells[i].length())));
        }
        return row.toString();
    }

    private static void json(JsonGenerator json, ChainExplanation explanation) throws IOException {
        json.writeStringField("selection", explanation.selection());
        json.writeArrayFieldStart("providers");
        for (LinkExplanation link : explanation.links()) {
            json.writeStartObject();
            json.writeStringField("name", link.name());
            json.writeStringField("category", lower(link.category()));
            json.writeNumberField("order", link.order());
            json.writeBooleanField("installed", link.installed());
            json.writeStringField("module", link.module().orElse(null));
            json.writeStringField("version", link.version().orElse(null));
            json.writeStringField("artifact", link.artifact().orElse(null));
            json.writeBooleanField("selected", link.selected());
            json.writeStringField("selectedBy", link.selectedBy());
            json.writeStringField(
                    "readiness",
                    link.readiness()
                            .map(Readiness::status)
                            .map(ProvidersCommand::lower)
                            .orElse(null));
            json.writeStringField(
                    "detail", link.readiness().map(Readiness::detail).orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("problems");
        for (String problem : explanation.problems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
