package io.kelbo.explore;

import io.kelbo.report.Markup;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One part of the page: what it shows, in words and drawings.
 *
 * @param id of the part; drawings in files are called by it
 * @param sentence HTML
 * @param layout class of the grid that holds the drawings: {@code small}, {@code medium} or {@code
 *     one}
 * @param after HTML under the drawings
 */
public record Picture(
    String id, String title, String sentence, String layout, List<Drawing> drawings, String after) {
  public Picture {
    drawings = List.copyOf(drawings);
  }

  /**
   * @param caption plain text; may be empty
   */
  public record Drawing(String caption, String svg) {}

  String html() {
    String figures =
        drawings.stream()
            .map(
                d ->
                    "<figure><figcaption>%s</figcaption>%s</figure>"
                        .formatted(Markup.text(d.caption()), d.svg()))
            .collect(Collectors.joining("\n", "<div class=\"" + layout + "\">", "</div>\n"));
    return Markup.section(id, title, sentence, figures + after);
  }
}
