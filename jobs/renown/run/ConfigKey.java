package renown.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One configuration key: name, default, parser, allowed range and help, in one place. Names group
 * by dots and join words by dashes ({@code influence.damping-factor}). Everything that is said of
 * configuration elsewhere (errors, help, {@code conf/REFERENCE.md}) derives from these.
 *
 * @param <T> the type of the parsed value
 */
public final class ConfigKey<T> {
  private final String name;
  private final String defaultText;
  private final String range;
  private final String help;
  private final Function<String, T> parser;

  private ConfigKey(
      String name, String defaultText, String range, String help, Function<String, T> parser) {
    this.name = name;
    this.defaultText = defaultText;
    this.range = range;
    this.help = help;
    this.parser = parser;
  }

  /** Text without a default: it must be set. */
  public static ConfigKey<String> requiredText(String name, String range, String help) {
    return new ConfigKey<>(name, null, range, help, ConfigKey::nonEmpty);
  }

  /** Text, possibly empty. */
  public static ConfigKey<String> text(String name, String defaultText, String range, String help) {
    return new ConfigKey<>(name, defaultText, range, help, Function.identity());
  }

  /** One of several words. */
  public static ConfigKey<String> choice(
      String name, String defaultText, List<String> choices, String help) {
    return new ConfigKey<>(
        name,
        defaultText,
        "one of " + String.join(", ", choices),
        help,
        text -> {
          if (!choices.contains(text)) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  /** An integer in {@code [least, most]}. */
  public static ConfigKey<Long> integer(
      String name, long defaultValue, long least, long most, String help) {
    return new ConfigKey<>(
        name,
        Long.toString(defaultValue),
        "whole number, " + least + " to " + most,
        help,
        text -> {
          long value = Long.parseLong(text.replace("_", ""));
          if (value < least || value > most) {
            throw new IllegalArgumentException(text);
          }
          return value;
        });
  }

  /** A finite number in {@code [least, most]}. */
  public static ConfigKey<Double> number(
      String name, double defaultValue, double least, double most, String help) {
    return new ConfigKey<>(
        name,
        plain(defaultValue),
        "number, " + plain(least) + " to " + plain(most),
        help,
        text -> number(text, least, most));
  }

  /** {@code true} or {@code false}. */
  public static ConfigKey<Boolean> flag(String name, boolean defaultValue, String help) {
    return new ConfigKey<>(
        name,
        Boolean.toString(defaultValue),
        "true or false",
        help,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(text);
            });
  }

  /**
   * {@code NAME=VALUE} pairs, separated by commas; no name twice. There may be none where that is
   * the default.
   *
   * @param isName whether a name is allowed
   * @param value throws {@link IllegalArgumentException} if a value is not in the range
   */
  public static <T> ConfigKey<SortedMap<String, T>> pairs(
      String name,
      String defaultText,
      String range,
      String help,
      Predicate<String> isName,
      Function<String, T> value) {
    return new ConfigKey<>(
        name,
        defaultText,
        range,
        help,
        text ->
            text.isEmpty() && defaultText.isEmpty() ? new TreeMap<>() : pairs(text, isName, value));
  }

  /**
   * What each of a few things weighs: {@code NAME=WEIGHT} pairs, separated by commas, at least one
   * weight above 0. What is not named is not in the map.
   *
   * @param noun what the names are, in the singular
   */
  public static ConfigKey<SortedMap<String, Double>> weights(
      String name, String defaultText, String noun, List<String> names, double most, String help) {
    return new ConfigKey<>(
        name,
        defaultText,
        noun.toUpperCase(Locale.ROOT)
            + "=WEIGHT pairs, separated by commas; weights 0 to "
            + plain(most)
            + ", one of them above 0; "
            + noun
            + "s "
            + String.join(", ", names),
        help,
        text -> {
          SortedMap<String, Double> weights =
              pairs(text, names::contains, weight -> number(weight, 0, most));
          if (weights.values().stream().noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException(text);
          }
          return weights;
        });
  }

  /**
   * A value with a parser of its own.
   *
   * @param parser throws {@link IllegalArgumentException} where the text is not in the range
   */
  public static <T> ConfigKey<T> parsed(
      String name, String defaultText, String range, String help, Function<String, T> parser) {
    return new ConfigKey<>(name, defaultText, range, help, parser);
  }

  /** The key's name as in a file. */
  public String name() {
    return name;
  }

  /** The default as in a file; empty if the key must be set. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /** The parsed default; empty if the key must be set. */
  public Optional<T> defaultValue() {
    return defaultText().map(parser);
  }

  /** The allowed values, in words. */
  public String range() {
    return range;
  }

  /** What the key does, in one sentence. */
  public String help() {
    return help;
  }

  /**
   * Parses a value.
   *
   * @throws RenownException with the key, the value and the range if it is not allowed
   */
  T parse(String text, String origin) {
    try {
      return parser.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw RenownException.configuration(
          "%s = \"%s\" (%s) is not allowed; allowed: %s.", name, text, origin, range);
    }
  }

  private static String nonEmpty(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static double number(String text, double least, double most) {
    double value = Double.parseDouble(text);
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static <T> SortedMap<String, T> pairs(
      String text, Predicate<String> isName, Function<String, T> value) {
    SortedMap<String, T> pairs = new TreeMap<>();
    for (String pair : text.split(",")) {
      String[] parts = pair.strip().split("=", -1);
      if (parts.length != 2
          || !isName.test(parts[0])
          || pairs.put(parts[0], value.apply(parts[1])) != null) {
        throw new IllegalArgumentException(text);
      }
    }
    return pairs;
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
