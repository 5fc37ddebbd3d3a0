package renown.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One configuration key: name, default, parser, allowed range and help, in one place. Names group
 * by dots and join words by dashes ({@code influence.damping-factor}). Everything that is said of
 * configuration elsewhere (errors, the reference in the README) derives from these.
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

  /** Text that must be given: there is no sensible default. */
  public static ConfigKey<String> requiredText(String name, String range, String help) {
    return new ConfigKey<>(name, null, range, help, ConfigKey::nonEmpty);
  }

  /** Text, possibly empty. */
  public static ConfigKey<String> text(String name, String defaultText, String range, String help) {
    return new ConfigKey<>(name, defaultText, range, help, Function.identity());
  }

  /** One of a few words. */
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

  /** A whole number in {@code [least, most]}. */
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
        text -> {
          double value = Double.parseDouble(text);
          if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(text);
          }
          return value;
        });
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
   * A value with a parser of its own.
   *
   * @param parser throws {@link IllegalArgumentException} where the text is not in the range
   */
  public static <T> ConfigKey<T> parsed(
      String name, String defaultText, String range, String help, Function<String, T> parser) {
    return new ConfigKey<>(name, defaultText, range, help, parser);
  }

  /** The key as it stands in a file. */
  public String name() {
    return name;
  }

  /** The default as it would stand in a file; empty where the key must be given. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /** What values are allowed, in words. */
  public String range() {
    return range;
  }

  /** What the key does, in a sentence. */
  public String help() {
    return help;
  }

  /**
   * Parses a value.
   *
   * @throws RenownException with the key, the value and the range where it is not allowed
   */
  T parse(String text, String origin) {
    try {
      return parser.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw RenownException.configuration(
          "%s = \"%s\" (%s) is not allowed: it must be %s.", name, text, origin, range);
    }
  }

  private static String nonEmpty(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
