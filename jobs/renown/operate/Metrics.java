package renown.operate;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import renown.lake.PublishedNights.Publication;

/** Exports the status as Prometheus metrics, for example for node_exporter's textfile collector. */
final class Metrics {
  private Metrics() {}

  static void write(
      Publication publication, Status status, List<Anomalies.Anomaly> anomalies, OutputStream out)
      throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    gauge(registry, "renown_published_night_timestamp_seconds", "End of the last published night.")
        .set(publication.date().plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    gauge(registry, "renown_published_revision", "Revisions of that night.")
        .set(publication.revision());
    Gauge stages =
        gauge(
            registry,
            "renown_stage_seconds",
            "Wall time of a stage of that night, in seconds.",
            "stage");
    status.stages().forEach(one -> stages.labelValues(one.stage()).set(one.seconds()));
    Gauge lines =
        gauge(
            registry,
            "renown_night_lines",
            "Lines read that night, by outcome.",
            "network",
            "outcome");
    Gauge scored = gauge(registry, "renown_scored_accounts", "Accounts with a score.", "network");
    status.loaded().stream()
        .filter(one -> one.night().equals(status.lastNight()))
        .forEach(
            one -> {
              lines.labelValues(one.network(), "accepted").set(one.accepted());
              lines.labelValues(one.network(), "duplicate").set(one.duplicate());
              lines.labelValues(one.network(), "ignored").set(one.ignored());
              lines.labelValues(one.network(), "rejected").set(one.rejected());
              scored.labelValues(one.network()).set(one.scored());
            });
    Gauge validation =
        gauge(
            registry,
            "renown_validation_spearman",
            "Rank correlation of past scores with the outcome, at the latest validation.",
            "network",
            "measure");
    // In the order of nights: the last one stays.
    status
        .judged()
        .forEach(one -> validation.labelValues(one.network(), one.measure()).set(one.spearman()));
    Gauge unusual =
        gauge(registry, "renown_anomalies", "Anomalies of that night, by rule.", "rule");
    List<String> rules = new ArrayList<>(Anomalies.RULES);
    rules.addAll(Gaps.RULES);
    for (String rule : rules) {
      unusual
          .labelValues(rule)
          .set(anomalies.stream().filter(one -> one.rule().equals(rule)).count());
    }
    ExpositionFormats.init().getPrometheusTextFormatWriter().write(out, registry.scrape());
  }

  private static Gauge gauge(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }
}
