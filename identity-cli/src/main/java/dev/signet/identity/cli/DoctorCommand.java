// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.signet.identity.Attempt;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.ChainExplanation;
import dev.signet.identity.chain.ChainReport;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.chain.LinkExplanation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries every credential of the chain and says what became of each. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Tries every installed credential: ready, not configured, unavailable or refused; why, and what"
                + " to do.")
final class DoctorCommand implements Callable<Integer> {
    private final Ambient ambient;

    @Mixin
    private TokenOptions options = new TokenOptions();

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.", defaultValue = "text")
    private OutputFormat output = OutputFormat.TEXT;

    DoctorCommand(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public Integer call() {
        TokenRequestContext request = options.request();
        try (DefaultAzureCredential credential = options.credential(ambient.environment())) {
            ChainReport report = credential.diagnose(request);
            PrintWriter out = ambient.out();
            if (output == OutputFormat.JSON) {
                ChainExplanation explanation = credential.explain();
                out.println(JsonText.object(json -> json(json, report, explanation)));
            } else {
                out.println(report);
            }
            out.flush();
            return exitCode(report);
        }
    }

    private static int exitCode(ChainReport report) {
        if (report.selectedCredentialName().isPresent()) {
            return 0;
        }
        boolean person = false;
        for (Attempt attempt : report.attempts()) {
            person |= attempt.outcome() == Outcome.INTERACTION_REQUIRED;
            if (attempt.outcome() != Outcome.INTERACTION_REQUIRED && attempt.outcome() != Outcome.UNAVAILABLE) {
                return Signet.FAILED;
            }
        }
        return person ? Signet.INTERACTION : Signet.UNAVAILABLE;
    }

    private static void json(JsonGenerator json, ChainReport report, ChainExplanation explanation) throws IOException {
        Map<String, LinkExplanation> known = explanation.links().stream()
                .collect(Collectors.toMap(LinkExplanation::name, Function.identity(), (a, b) -> a));
        json.writeStringField("scope", String.join(" ", report.request().scopes()));
        json.writeStringField("selected", report.selectedCredentialName().orElse(null));
        json.writeArrayFieldStart("attempts");
        for (Attempt attempt : report.attempts()) {
            LinkExplanation link = known.get(attempt.credentialName());
            json.writeStartObject();
            json.writeStringField("name", attempt.credentialName());
            json.writeStringField("category", link == null ? null : lower(link.category()));
            if (link == null) {
                json.writeNullField("order");
            } else {
                json.writeNumberField("order", link.order());
            }
            json.writeStringField("outcome", lower(attempt.outcome()));
            json.writeStringField("reason", attempt.reason());
            json.writeStringField("remedy", attempt.remedy());
            json.writeNumberField("durationMs", attempt.duration().toMillis());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("selection");
        json.writeStringField("source", explanation.selection());
        json.writeArrayFieldStart("excluded");
        for (String name : explanation.excluded()) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
