package renown.tables;

import static org.apache.commons.text.StringEscapeUtils.escapeHtml4;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The data dictionary as one self-contained HTML page. */
public final class DictionaryPage {
  private static final String BEGINNING =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <title>Renown: data dictionary</title>
      <style>
      :root { color-scheme: light dark; --line: #8886; --soft: #8882; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem; }
      h2 { margin-top: 3rem; border-bottom: 2px solid var(--line); }
      h3 { margin-top: 2rem; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; }
      th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem .3rem 0; text-align: left;
        vertical-align: top; }
      thead th { background: var(--soft); }
      code { font-size: .9em; overflow-wrap: anywhere; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
      dd { margin: 0; }
      label { position: sticky; top: 0; display: block; padding: .5rem 0; background: Canvas; }
      input { font: inherit; width: min(100%, 30rem); }
      [hidden] { display: none; }
      </style>
      </head>
      <body>
      <main>
      <h1>Renown: data dictionary</h1>
      <p>Every table is a Delta table at <code>&lt;lake.root&gt;/&lt;floor&gt;/&lt;name&gt;</code>. Only the
      schema of the <code>marts</code> is stable; other tables may change with any version.
      <code>runs/publications</code> lists the table versions of each published night. Dates and timestamps are
      UTC. Counts are integers, shares are between 0 and 1. Examples come from a generated society and may be
      truncated; "Written by" links to how the values are computed.</p>
      <label>Filter <input type="search" id="wanted" autocomplete="off"></label>
      <p id="found" role="status"></p>
      """;

  private static final String END =
      """
      </main>
      <script>
      const wanted = document.getElementById("wanted");
      wanted.addEventListener("input", () => {
        const text = wanted.value.trim().toLowerCase();
        let tables = 0;
        for (const table of document.querySelectorAll("article")) {
          const said = table.textContent.toLowerCase();
          table.hidden = !said.includes(text);
          tables += table.hidden ? 0 : 1;
          const named = table.querySelector("header").textContent.toLowerCase().includes(text);
          for (const column of table.querySelectorAll("tbody tr")) {
            column.hidden = !named && !column.textContent.toLowerCase().includes(text);
          }
        }
        for (const floor of document.querySelectorAll("section")) {
          floor.hidden = !floor.querySelector("article:not([hidden])");
        }
        document.getElementById("found").textContent = text ? tables + " tables" : "";
      });
      </script>
      </body>
      </html>
      """;

  private DictionaryPage() {}

  /**
   * Describes tables, floor by floor.
   *
   * @param tables in the order in which they stand on their floor
   * @param examples a value of each column, by {@link Dictionary#place}
   * @return the whole page; it ends in a line break
   * @throws IllegalArgumentException if a table lies on a floor that has no heading
   */
  public static String html(List<TableSchema> tables, Map<String, String> examples) {
    StringBuilder page = new StringBuilder(BEGINNING);
    Dictionary.byFloor(tables)
        .forEach(
            (floor, ofFloor) -> {
              page.append("<section>\n<h2>").append(escapeHtml4(floor)).append(": ");
              page.append(escapeHtml4(Dictionary.meaning(floor))).append("</h2>\n");
              ofFloor.forEach(table -> describe(page, table, examples));
              page.append("</section>\n");
            });
    return page.append(END).toString();
  }

  private static void describe(
      StringBuilder page, TableSchema table, Map<String, String> examples) {
    page.append("<article>\n<header>\n<h3 id=\"").append(table.name()).append("\">");
    page.append(escapeHtml4(table.name())).append("</h3>\n<p>");
    page.append(escapeHtml4(table.purpose())).append("</p>\n</header>\n<dl>\n");
    said(page, "Grain", escapeHtml4(table.grain()));
    said(page, "Key", names(table.key()));
    said(
        page,
        "Written by",
        "<a href=\"" + Dictionary.source(table) + "\">" + escapeHtml4(table.writer()) + "</a>");
    said(page, "Retention", escapeHtml4(table.retention()));
    if (!table.clusteredBy().isEmpty()) {
      said(page, "Clustered by", names(table.clusteredBy()));
    }
    table.rules().forEach(rule -> said(page, "Rule", code(rule)));
    page.append("</dl>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"");
    page.append(table.name()).append("\">\n<table>\n<thead><tr>");
    for (String heading : List.of("column", "type", "null", "rule", "meaning", "example")) {
      page.append("<th scope=\"col\">").append(heading).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
    for (TableColumn column : table.columns()) {
      page.append("<tr><th scope=\"row\">").append(code(column.name())).append("</th>");
      cell(page, code(column.type().sql()));
      cell(page, column.nullable() ? "yes" : "no");
      cell(page, column.rule() == null ? "" : code(column.rule()));
      cell(page, escapeHtml4(column.comment()));
      String example = examples.getOrDefault(Dictionary.place(table, column), "");
      cell(page, example.isEmpty() ? "" : code(example));
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table>\n</div>\n</article>\n");
  }

  private static void said(StringBuilder page, String what, String html) {
    page.append("<dt>").append(what).append("</dt><dd>").append(html).append("</dd>\n");
  }

  private static void cell(StringBuilder page, String html) {
    page.append("<td>").append(html).append("</td>");
  }

  private static String names(List<TableColumn> columns) {
    return columns.stream().map(column -> code(column.name())).collect(Collectors.joining(", "));
  }

  private static String code(String text) {
    return "<code>" + escapeHtml4(text) + "</code>";
  }
}
