package io.kelbo.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * One HTML page: pictures as inline SVG, no script, nothing from elsewhere. The page's own policy
 * forbids scripts, so that even a name that slipped through could run nothing.
 */
public final class Page {
  private Page() {}

  /**
   * @param title plain text
   * @param lead one sentence of plain text under it
   * @param body HTML
   */
  public static String of(String title, String lead, String body) {
    return resource("page.html")
        .replace("{{style}}", style())
        .replace("{{title}}", Markup.text(title))
        .replace("{{lead}}", Markup.text(lead))
        .replace("{{body}}", body);
  }

  /** A picture as a file of its own, that brings its colours with it. */
  public static String picture(String svg) {
    int open = svg.indexOf('>') + 1;
    return svg.substring(0, open).replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
        + "<style>"
        + style()
        + "</style><rect width=\"100%\" height=\"100%\" style=\"fill: var(--card)\"/>\n"
        + svg.substring(open);
  }

  private static String style() {
    return resource("page.css");
  }

  private static String resource(String name) {
    try (InputStream bytes = Page.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException("the jar's " + name + " cannot be read", unreadable);
    }
  }
}
