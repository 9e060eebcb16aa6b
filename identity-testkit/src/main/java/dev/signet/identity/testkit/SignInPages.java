// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.util.List;
import java.util.Map;

/** The pages that a user sees at the authority: plain HTML, usable without a script. */
final class SignInPages {
    private SignInPages() {}

    /** Asks who signs in, and whether the application may act for that user. */
    static Reply consent(String action, Map<String, String> hidden, String application, List<User> users) {
        StringBuilder form = new StringBuilder("<h1>Sign in</h1>\n<p>The application <code>")
                .append(escaped(application))
                .append("</code> wants to act for you.</p>\n<form method=\"post\" action=\"")
                .append(escaped(action))
                .append("\">\n");
        hidden.forEach((name, value) -> form.append(input(name, value)));
        boolean first = true;
        for (User user : users) {
            form.append("<p><label><input type=\"radio\" name=\"user\" value=\"")
                    .append(escaped(user.userName()))
                    .append(first ? "\" checked> " : "\"> ")
                    .append(escaped(user.userName()))
                    .append("</label></p>\n");
            first = false;
        }
        form.append("<p><button id=\"accept\" name=\"decision\" value=\"accept\">Accept</button>\n")
                .append("<button id=\"cancel\" name=\"decision\" value=\"cancel\">Cancel</button></p>\n</form>");
        return page(200, "Sign in", form.toString());
    }

    /** Asks for the code that a device shows. */
    static Reply device(String code, String problem, List<User> users) {
        StringBuilder form = new StringBuilder("<h1>Enter code</h1>\n");
        if (!problem.isEmpty()) {
            form.append("<p id=\"problem\">").append(escaped(problem)).append("</p>\n");
        }
        form.append("<form method=\"post\" action=\"/devicelogin\">\n<p><input name=\"code\" id=\"code\" value=\"")
                .append(escaped(code))
                .append("\"></p>\n<p><select name=\"user\">");
        for (User user : users) {
            form.append("<option>").append(escaped(user.userName())).append("</option>");
        }
        form.append("</select></p>\n<p><button id=\"accept\" name=\"decision\" value=\"accept\">Sign in</button>\n")
                .append("<button id=\"cancel\" name=\"decision\" value=\"cancel\">Decline</button></p>\n</form>");
        return page(200, "Enter code", form.toString());
    }

    /** Has the browser post the answer to the application (OAuth 2.0 form post response mode). */
    static Reply post(String action, Map<String, String> fields) {
        StringBuilder form = new StringBuilder("<form method=\"post\" action=\"")
                .append(escaped(action))
                .append("\">\n");
        fields.forEach((name, value) -> form.append(input(name, value)));
        form.append("<noscript><button>Continue</button></noscript>\n</form>\n")
                .append("<script>document.forms[0].submit()</script>");
        return page(200, "Working...", form.toString());
    }

    static Reply note(int status, String text) {
        return page(status, "Sign in", "<p id=\"note\">" + escaped(text) + "</p>");
    }

    private static String input(String name, String value) {
        return "<input type=\"hidden\" name=\"" + escaped(name) + "\" value=\"" + escaped(value) + "\">\n";
    }

    private static Reply page(int status, String title, String body) {
        return Reply.html(
                        status,
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + escaped(title)
                                + "</title></head>\n<body>\n" + body + "\n</body>\n</html>\n")
                .header("Cache-Control", "no-store");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
