package renown.night.audience;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import renown.kernels.hours.PostingModel;
import renown.kernels.hours.Week;
import renown.lake.ColumnRows;
import renown.tables.NetworkHours;

/** When posts of whole networks draw reactions: decayed sums, of which posting models are made. */
final class NetworkHourSums {
  private final AudienceInput input;

  /** Of each network, by hour of the week of posts: their sum, then reactions by hours after. */
  private final Map<String, long[][]> sums = new TreeMap<>();

  /** Those of earlier nights, faded to this one. */
  NetworkHourSums(AudienceInput input) {
    this.input = input;
    ColumnRows known =
        input.networkHours().read(NetworkHours.TABLE.columns().toArray(AudienceInput.COLUMNS));
    for (int i = 0; i < known.size(); i++) {
      long[] units =
          of(
              known.texts(NetworkHours.NETWORK).get(i),
              (int) known.longs(NetworkHours.POST_HOUR).get(i));
      double share = input.hoursShare(known.longs(NetworkHours.NIGHT).get(i));
      long[] reactions = known.lists(NetworkHours.REACTION_UNITS).longs(i);
      units[0] += (long) Math.rint(known.longs(NetworkHours.POST_UNITS).get(i) * share);
      for (int lag = 0; lag < PostingModel.LAGS; lag++) {
        units[1 + lag] += (long) Math.rint(reactions[lag] * share);
      }
    }
  }

  private long[] of(String network, int postHour) {
    long[][] hours = sums.computeIfAbsent(network, unknown -> new long[Week.HOURS][]);
    if (hours[postHour] == null) {
      hours[postHour] = new long[1 + PostingModel.LAGS];
    }
    return hours[postHour];
  }

  /** Adds a post. */
  void addPost(String network, int postHour, long units) {
    of(network, postHour)[0] += units;
  }

  /**
   * Adds a reaction.
   *
   * @param lag hours after the post
   */
  void addReaction(String network, int postHour, int lag, long units) {
    of(network, postHour)[1 + Math.min(lag, PostingModel.LAGS - 1)] += units;
  }

  /** Once all is added: what was undone was rounded otherwise than it was when it was added. */
  void noneBelowZero() {
    for (long[][] hours : sums.values()) {
      for (long[] units : hours) {
        for (int i = 0; units != null && i < units.length; i++) {
          units[i] = Math.max(units[i], 0);
        }
      }
    }
  }

  /** Rows of {@code network_hours}. */
  ColumnRows rows() {
    ColumnRows rows = new ColumnRows(NetworkHours.TABLE);
    sums.forEach(
        (network, hours) -> {
          for (int hour = 0; hour < Week.HOURS; hour++) {
            if (hours[hour] != null) {
              rows.texts(NetworkHours.NETWORK).add(network);
              rows.longs(NetworkHours.POST_HOUR).add(hour);
              rows.longs(NetworkHours.POST_UNITS).add(hours[hour][0]);
              rows.lists(NetworkHours.REACTION_UNITS)
                  .add(Arrays.copyOfRange(hours[hour], 1, 1 + PostingModel.LAGS));
              rows.longs(NetworkHours.NIGHT).add(input.night().toEpochDay());
            }
          }
        });
    return rows;
  }

  /** The models of networks. */
  Map<String, PostingModel> models() {
    Map<String, PostingModel> models = new HashMap<>();
    sums.forEach(
        (network, hours) -> {
          double[] written = new double[Week.HOURS];
          double[][] reactions = new double[Week.HOURS][PostingModel.LAGS];
          for (int hour = 0; hour < Week.HOURS; hour++) {
            if (hours[hour] != null) {
              written[hour] = hours[hour][0] / HourSums.UNIT;
              for (int lag = 0; lag < PostingModel.LAGS; lag++) {
                reactions[hour][lag] = hours[hour][1 + lag] / HourSums.UNIT;
              }
            }
          }
          models.put(network, PostingModel.fit(written, reactions));
        });
    return models;
  }
}
