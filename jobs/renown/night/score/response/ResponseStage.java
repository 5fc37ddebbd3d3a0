package renown.night.score.response;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.tables.AccountKinds;
import renown.tables.AccountResponseRates;
import renown.tables.AccountState;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.WaitingApproaches;

/** Computes how likely an account answers a stranger. */
public final class ResponseStage implements Stage {
  static final ConfigKey<Double> HALF_LIFE_DAYS =
      ConfigKey.number(
          "response.half-life-days",
          180,
          1,
          3650,
          "Half-life in days of approaches by strangers, answered or not.");

  static final ConfigKey<Long> APPROACHES_MIN =
      ConfigKey.integer(
          "response.approaches-min", 3, 1, 1000, "Minimum judged approaches for a response rate.");

  @Override
  public String name() {
    return "response";
  }

  @Override
  public String phase() {
    return "score";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(HALF_LIFE_DAYS, APPROACHES_MIN);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Interactions.TABLE,
        EdgeIncrements.TABLE,
        AccountState.TABLE,
        WaitingApproaches.TABLE,
        AccountResponseRates.TABLE);
  }

  @Override
  public List<TableSchema> inputsOfNightBefore() {
    return List.of(AccountKinds.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(WaitingApproaches.TABLE, AccountResponseRates.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    Lake lake = night.lake();
    long day = night.date().toEpochDay();
    long end = (day + 1) * 86_400_000_000L;
    ColumnRows interactions = interactions(lake, day);
    ColumnRows approaches =
        lake.files(WaitingApproaches.TABLE).read(WaitingApproaches.TABLE.columns());
    approaches.addAll(
        Approaches.ofNight(
            interactions,
            lake.files(EdgeIncrements.TABLE)
                .read(EdgeIncrements.SRC_KEY, EdgeIncrements.DST_KEY, EdgeIncrements.ACT_COUNT),
            approaches,
            credibilities(lake),
            day));
    approaches = Approaches.answered(approaches, interactions);
    TreeMap<Long, Approaches.Found> sums =
        Approaches.sums(
            lake.files(AccountResponseRates.TABLE).read(AccountResponseRates.TABLE.columns()),
            Approaches.judged(approaches, true, end),
            night.value(HALF_LIFE_DAYS),
            day);
    Map<Long, String> kinds = kinds(lake);
    lake.overwrite(WaitingApproaches.TABLE, Approaches.judged(approaches, false, end));
    lake.overwrite(
        AccountResponseRates.TABLE,
        ResponseRate.estimated(
            sums, kinds, ResponseRate.populations(sums, kinds), night.value(APPROACHES_MIN), day));
  }

  private static ColumnRows interactions(Lake lake, long day) {
    List<TableColumn> columns =
        List.of(
            Interactions.NETWORK,
            Interactions.VERB,
            Interactions.ACTOR_KEY,
            Interactions.TARGET_KEY,
            Interactions.RECORD_PRINT_HIGH,
            Interactions.RECORD_PRINT_LOW,
            Interactions.OBJECT_ID,
            Interactions.HAPPENED_AT,
            Interactions.CHANGE,
            Interactions.NIGHT);
    ColumnRows found =
        lake.files(Interactions.TABLE).holding(Interactions.NIGHT, day).read(columns);
    ColumnRows tonight = new ColumnRows(columns);
    for (int row = 0; row < found.size(); row++) {
      if (found.longs(Interactions.NIGHT).get(row) == day) {
        tonight.addRow(found, row);
      }
    }
    return tonight;
  }

  private static Map<Long, Double> credibilities(Lake lake) {
    ColumnRows rows =
        lake.files(AccountState.TABLE)
            .read(AccountState.ACCOUNT_KEY, AccountState.CREDIBILITY)
            .having(AccountState.CREDIBILITY);
    Map<Long, Double> credibilities = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      credibilities.put(
          rows.longs(AccountState.ACCOUNT_KEY).get(row),
          rows.doubles(AccountState.CREDIBILITY).get(row));
    }
    return credibilities;
  }

  private static Map<Long, String> kinds(Lake lake) {
    ColumnRows rows =
        lake.files(AccountKinds.TABLE).read(AccountKinds.ACCOUNT_KEY, AccountKinds.KIND);
    Map<Long, String> kinds = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      kinds.put(
          rows.longs(AccountKinds.ACCOUNT_KEY).get(row), rows.texts(AccountKinds.KIND).get(row));
    }
    return kinds;
  }
}
