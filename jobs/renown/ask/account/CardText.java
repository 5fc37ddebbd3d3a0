package renown.ask.account;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import renown.run.Progress;

/**
 * Cards as lines of at most 80 characters for a terminal, in English or Spanish. Names come from
 * strangers: nothing in them moves the cursor.
 */
final class CardText {
  private static final int WIDTH = 80;
  private static final int BAR = 24;
  private static final String STEPS = "▁▂▃▄▅▆▇█";

  private final boolean isSpanish;
  private final List<String> lines = new ArrayList<>();

  private CardText(String language) {
    this.isSpanish = language.equals("es");
  }

  private String say(String english, String spanish) {
    return isSpanish ? spanish : english;
  }

  private void line(String format, Object... values) {
    String text = Progress.visible(String.format(Locale.ROOT, format, values)).stripTrailing();
    lines.add(
        text.codePointCount(0, text.length()) <= WIDTH
            ? text
            : text.substring(0, text.offsetByCodePoints(0, WIDTH - 1)) + "…");
  }

  /** A card. */
  static List<String> of(AccountCard card, String language) {
    CardText text = new CardText(language);
    text.head(card);
    text.terms(card);
    text.changes(card);
    text.sources(card);
    text.topics(card);
    text.hours(card);
    text.community(card);
    text.rest(card);
    return text.lines;
  }

  private void head(AccountCard card) {
    line(
        "%s%s",
        card.name(),
        card.displayName() == null || card.displayName().isBlank()
            ? ""
            : "  " + card.displayName());
    line(
        "%s · %s · %s · %s %s",
        card.network(),
        kind(card.kind()),
        Objects.requireNonNullElse(card.language(), say("language unknown", "idioma desconocido")),
        say("night", "noche"),
        card.night());
    line("");
    if (card.score() == null) {
      line("%s", say("No score: too little evidence.", "Sin puntuación: faltan indicios."));
    } else {
      line(
          "%-11s %5.1f   [%.1f … %.1f]   %s",
          say("Score", "Puntuación"),
          card.score(),
          card.scoreLow(),
          card.scoreHigh(),
          String.format(
              Locale.ROOT,
              say("place %,d of %,d", "puesto %,d de %,d"),
              card.place(),
              card.scoredCount()));
      line("%-11s %5.1f", say("Momentum", "Impulso"), card.momentum());
    }
    List<Double> past =
        card.history().stream().map(AccountCard.Past::score).filter(Objects::nonNull).toList();
    if (past.size() > 1) {
      line(
          "%-11s %s  %.1f → %.1f, %s %d %s",
          say("History", "Historia"),
          plot(past.subList(Math.max(0, past.size() - 30), past.size())),
          past.get(0),
          past.get(past.size() - 1),
          say("over", "en"),
          past.size(),
          say("nights", "noches"));
    }
    line("");
    wrapped(card.explanation());
  }

  private String kind(String kind) {
    return switch (kind) {
      case "person" -> say("person", "persona");
      case "organisation" -> say("organisation", "organización");
      case "automated" -> say("automated", "automatizada");
      default -> say("kind unknown", "tipo desconocido");
    };
  }

  private void wrapped(String sentence) {
    StringBuilder current = new StringBuilder();
    for (String word : sentence.split(" ")) {
      if (current.length() > 0 && current.length() + 1 + word.length() > WIDTH) {
        line("%s", current);
        current.setLength(0);
      }
      current.append(current.length() == 0 ? "" : " ").append(word);
    }
    line("%s", current);
  }

  private void title(String english, String spanish) {
    line("");
    line("%s", say(english, spanish));
  }

  private void terms(AccountCard card) {
    if (card.terms().isEmpty()) {
      return;
    }
    title("What makes it", "De qué se compone");
    double most = card.terms().stream().mapToDouble(AccountCard.Term::points).max().orElse(0);
    for (AccountCard.Term term : card.terms()) {
      line("  %-13s %5.1f  %s", term.term(), term.points(), bar(term.points(), most));
    }
  }

  private void changes(AccountCard card) {
    if (card.scoreChange() == null) {
      return;
    }
    title("What moved it since the night before", "Qué la movió desde la noche anterior");
    line("  %-13s %+5.1f", say("in all", "en total"), card.scoreChange());
    for (AccountCard.Change change : card.changes()) {
      line(
          "  %-13s %+5.2f%s",
          cause(change.term()),
          change.points(),
          change.source() == null ? "" : "  @" + change.source());
    }
    if (card.changes().stream().anyMatch(change -> change.term().equals("reference"))) {
      wrapped(
          say(
              "The scale: while a network is young, the population that its scores are measured"
                  + " against is taken anew each night. That moves all of its scores a little,"
                  + " although nobody was paid more or less attention.",
              "La escala: mientras una red es joven, la población con la que se miden sus"
                  + " puntuaciones se toma de nuevo cada noche. Eso mueve un poco todas sus"
                  + " puntuaciones, aunque nadie reciba más o menos atención."));
    }
  }

  /** A cause in words; terms are called as the tables call them. */
  private String cause(String term) {
    return switch (term) {
      case "reference" -> say("the scale", "la escala");
      case "model" -> say("new weights", "pesos nuevos");
      default -> term;
    };
  }

  private void sources(AccountCard card) {
    if (card.sources().isEmpty()) {
      return;
    }
    title("Who attends to it", "Quién le presta atención");
    for (AccountCard.Source source : card.sources()) {
      line(
          "  %5.1f %%  %s",
          100 * source.influenceShare(),
          source.handle() == null
              ? say("handle unknown", "nombre desconocido")
              : "@" + source.handle());
    }
  }

  private void topics(AccountCard card) {
    if (card.topics().isEmpty()) {
      return;
    }
    title(
        "Topics: expertise (what others attest) and interest (what it writes about)",
        "Temas: pericia (lo que otros atestiguan) e interés (de lo que escribe)");
    for (AccountCard.TopicStanding topic : card.topics()) {
      String expertise =
          topic.expertise() == null
              ? "    –                           "
              : String.format(
                  Locale.ROOT,
                  "%5.1f [%4.1f … %4.1f] %s %-5d",
                  topic.expertise(),
                  topic.low(),
                  topic.high(),
                  say("place", "puesto"),
                  topic.place());
      line(
          "  %-28s %s %s",
          topic.topic(),
          expertise,
          topic.interestShare() == null
              ? ""
              : String.format(Locale.ROOT, "%4.1f %%", 100 * topic.interestShare()));
    }
  }

  private void hours(AccountCard card) {
    if (card.hours().isEmpty()) {
      return;
    }
    title(
        "Best hours to post, on its audience's clock",
        "Mejores horas para publicar, en el reloj de su audiencia");
    for (AccountCard.PostingHour hour : card.hours()) {
      line(
          "  %-10s %02d:00  (UTC%+d)  %+.0f %%",
          DayOfWeek.of((int) hour.weekday())
              .getDisplayName(TextStyle.FULL, Locale.forLanguageTag(say("en", "es"))),
          hour.hour(),
          hour.utcOffset(),
          100 * hour.expectedGainShare());
    }
  }

  private void community(AccountCard card) {
    if (card.community() == null) {
      return;
    }
    AccountCard.Community its = card.community();
    line("");
    line(
        "%s: %s, %,d %s",
        say("Community", "Comunidad"),
        Objects.requireNonNullElse(its.name(), say("without a name", "sin nombre")),
        its.memberCount(),
        say("accounts", "cuentas"));
    if (its.bridgedCount() > 0) {
      line(
          say(
              "  it brought posts of other communities to %,d of them",
              "  llevó publicaciones de otras comunidades a %,d de ellas"),
          its.bridgedCount());
    }
  }

  private void rest(AccountCard card) {
    if (card.responseRate() != null) {
      line("");
      line(
          "%s: %.0f %% [%.0f … %.0f]",
          say("Answers strangers within 7 days", "Responde a desconocidos en 7 días"),
          100 * card.responseRate(),
          100 * card.responseRateLow(),
          100 * card.responseRateHigh());
    }
    if (!card.linked().isEmpty()) {
      title("Other accounts of the same person", "Otras cuentas de la misma persona");
      for (AccountCard.Linked linked : card.linked()) {
        line(
            "  %-13s %s  %s%s",
            linked.network(),
            linked.handle() == null ? "" : "@" + linked.handle(),
            linked.basis(),
            linked.score() == null ? "" : String.format(Locale.ROOT, "  %.1f", linked.score()));
      }
    }
    if (!card.posts().isEmpty()) {
      title("Posts that travelled", "Publicaciones que llegaron lejos");
      for (AccountCard.Post post : card.posts()) {
        line(
            "  %s  %,6d %s%s  %s",
            post.postedAt() == null ? "          " : post.postedAt().substring(0, 10),
            post.actorCount(),
            say("accounts", "cuentas"),
            post.isBreakout() ? say(" (breakout)", " (sorpresa)") : "",
            post.postId());
      }
    }
  }

  /** Two cards side by side. */
  static List<String> of(AccountCard one, AccountCard other, String language) {
    CardText text = new CardText(language);
    text.line("A  %s · %s", one.name(), one.network());
    text.line("B  %s · %s", other.name(), other.network());
    text.line("");
    text.compared("", "A", "B");
    text.compared(text.say("score", "puntuación"), score(one), score(other));
    text.compared(
        text.say("momentum", "impulso"), number(one.momentum()), number(other.momentum()));
    text.compared(text.say("place", "puesto"), place(one), place(other));
    one.terms().stream()
        .map(AccountCard.Term::term)
        .sorted()
        .forEach(term -> text.compared("  " + term, points(one, term), points(other, term)));
    text.compared(
        text.say("response rate", "respuesta"),
        share(one.responseRate()),
        share(other.responseRate()));
    text.compared(text.say("known for", "conocida por"), topic(one), topic(other));
    text.line("");
    text.line("%s", text.verdict(one, other));
    return text.lines;
  }

  private void compared(String what, String one, String other) {
    line("%-22s %-24s %-24s", what, one, other);
  }

  private String verdict(AccountCard one, AccountCard other) {
    if (one.score() == null || other.score() == null) {
      return say(
          "One of them has no score, so they cannot be compared.",
          "Una de ellas no tiene puntuación: no se pueden comparar.");
    }
    AccountCard ahead = one.score() >= other.score() ? one : other;
    AccountCard behind = ahead == one ? other : one;
    if (ahead.scoreLow() <= behind.scoreHigh()) {
      return say(
          "Their intervals overlap: another week might put them the other way round.",
          "Sus intervalos se solapan: otra semana podría invertir el orden.");
    }
    return String.format(
        say("%s is ahead, beyond its interval.", "%s va por delante, más allá de su intervalo."),
        ahead.name());
  }

  private static String score(AccountCard card) {
    return card.score() == null
        ? "–"
        : String.format(
            Locale.ROOT, "%.1f [%.1f … %.1f]", card.score(), card.scoreLow(), card.scoreHigh());
  }

  private static String place(AccountCard card) {
    return card.place() == null
        ? "–"
        : String.format(Locale.ROOT, "%,d / %,d", card.place(), card.scoredCount());
  }

  private static String points(AccountCard card, String term) {
    return card.terms().stream()
        .filter(one -> one.term().equals(term))
        .map(one -> number(one.points()))
        .findFirst()
        .orElse("–");
  }

  private static String topic(AccountCard card) {
    return card.topics().stream()
        .filter(topic -> topic.expertise() != null)
        .map(AccountCard.TopicStanding::topic)
        .findFirst()
        .orElse("–");
  }

  private static String number(Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.1f", value);
  }

  private static String share(Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * value);
  }

  private static String bar(double points, double most) {
    return "█".repeat(most <= 0 ? 0 : (int) Math.round(BAR * points / most));
  }

  /** Values as a row of blocks from the least to the largest. */
  private static String plot(List<Double> values) {
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    StringBuilder plot = new StringBuilder();
    for (double value : values) {
      int step =
          most == least
              ? 0
              : (int) Math.round((STEPS.length() - 1) * (value - least) / (most - least));
      plot.append(STEPS.charAt(step));
    }
    return plot.toString();
  }
}
