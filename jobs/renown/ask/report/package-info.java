/**
 * An HTML report of a published night.
 *
 * <p>In: the {@code mart_*} tables at the night's versions, queried through {@code renown.ask.sql}.
 * Out: one self-contained HTML file with its styles, script and chart library; it loads nothing
 * from the network. {@code ReportQueries} defines the content, {@code page.html}, {@code page.css}
 * and {@code page.js} the presentation, {@code texts.json} the translations.
 *
 * <p>Handles, names and hashtags are untrusted input. They are embedded as JSON, escaped so that
 * they cannot close the surrounding script element, and rendered as text, never as HTML. A content
 * security policy allows only the scripts that the page was built with.
 */
package renown.ask.report;
