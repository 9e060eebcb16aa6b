// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * A browser without a window, for tests: opens an address of the embedded authority, presses a button of its page and
 * takes the answer to the application, through redirects and forms that post themselves. Immutable.
 *
 * @since 0.1.0
 */
public final class ScriptedBrowser {
    private static final int MOST_STEPS = 5;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\"");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private final EmbeddedAuthority authority;

    /**
     * A browser that trusts an authority's certificate.
     *
     * @param authority whose pages it visits
     */
    public ScriptedBrowser(EmbeddedAuthority authority) {
        this.authority = authority;
    }

    /**
     * A page.
     *
     * @param address where it is
     * @param status the HTTP status
     * @param headers the headers by their names in lower case
     * @param body its HTML
     * @since 0.1.0
     */
    public record Page(URI address, int status, Map<String, String> headers, String body) {
        @Override
        public String toString() {
            return "Page[" + status + " of " + address.getScheme() + "://" + address.getRawAuthority()
                    + address.getRawPath() + "]";
        }
    }

    /**
     * Opens an authorize address and signs a user in.
     *
     * @param address what the application opens
     * @param user who accepts
     * @return the page that the application shows in the end
     */
    public Page accept(URI address, User user) {
        return settled(decide(open(address), "accept", user));
    }

    /**
     * Opens an authorize address and presses the button to cancel.
     *
     * @param address what the application opens
     * @return the page that the application shows in the end
     */
    public Page cancel(URI address) {
        return settled(decide(open(address), "cancel", null));
    }

    /**
     * Opens an address and follows redirects and forms that post themselves.
     *
     * @param address where to
     * @return the page where this ends
     */
    public Page open(URI address) {
        return settled(send(address, null));
    }

    /**
     * Presses a button of a page.
     *
     * @param page a page with a form
     * @param decision the button
     * @param user who is chosen on the page; null for nobody
     * @return what comes next
     */
    public Page decide(Page page, String decision, @Nullable User user) {
        Map<String, String> fields = hidden(page);
        if (user != null) {
            fields.put("user", user.userName());
        }
        fields.put("decision", decision);
        return send(page.address().resolve(action(page)), form(fields));
    }

    private Page settled(Page first) {
        Page page = first;
        for (int step = 0; step < MOST_STEPS; step++) {
            String location = page.headers().get("location");
            if (location != null) {
                page = send(page.address().resolve(location), null);
            } else if (page.body().contains("document.forms[0].submit()")) {
                page = send(page.address().resolve(action(page)), form(hidden(page)));
            } else {
                return page;
            }
        }
        throw new IllegalStateException("no end of redirects at " + page);
    }

    private static String action(Page page) {
        Matcher matcher = ACTION.matcher(page.body());
        if (!matcher.find()) {
            throw new IllegalStateException("no form on " + page + ": " + page.body());
        }
        return unescaped(matcher.group(1));
    }

    private static Map<String, String> hidden(Page page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher matcher = HIDDEN.matcher(page.body());
        while (matcher.find()) {
            fields.put(unescaped(matcher.group(1)), unescaped(matcher.group(2)));
        }
        return fields;
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static String form(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> text.append(text.length() == 0 ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    private Page send(URI address, @Nullable String form) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(authority.sslContext().getSocketFactory());
            }
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("Accept", "text/html");
            connection.setRequestProperty("Connection", "close");
            if (form != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", Parameters.FORM_TYPE);
                connection.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
            }
            return page(address, connection);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Page page(URI address, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] body = in == null ? new byte[0] : in.readAllBytes();
            Map<String, String> headers = new LinkedHashMap<>();
            connection.getHeaderFields().forEach((name, values) -> {
                if (name != null) {
                    headers.put(name.toLowerCase(Locale.ROOT), values.get(0));
                }
            });
            return new Page(address, status, headers, new String(body, StandardCharsets.UTF_8));
        }
    }

    @Override
    public String toString() {
        return "ScriptedBrowser at " + authority.uri();
    }
}
