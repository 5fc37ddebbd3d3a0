/**
 * A page of a published night, for people with a browser.
 *
 * <p>In: the {@code mart_*} tables at the versions of the night, by {@code renown.sql}. Out: one
 * HTML file that holds everything it shows, its styles, its script and the chart library, and asks
 * nothing of any network. {@code ReportQueries} says what is on it, {@code page.html}, {@code
 * page.css}, {@code page.js} and {@code texts.json} how it looks and what it says in which
 * language.
 *
 * <p>Handles, names and hashtags are strangers' words. They travel as JSON in which no character is
 * left that could end the script element around it, are put into the page as text and never as
 * HTML, and a content security policy lets run only the scripts that the page was made with.
 */
package renown.ask.report;
