package io.kelbo.service;

import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.LayoutInference;
import io.kelbo.record.RecordReader;
import io.kelbo.record.Run;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.WireForm;
import io.kelbo.topology.Sources;
import io.kelbo.topology.Topics;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Infers the fields of what was gathered, once for the whole application, and trains on it. */
final class FirstTraining {
  private static final Logger LOG = LoggerFactory.getLogger(FirstTraining.class);

  private final Settings settings;
  private final Topics topics;

  FirstTraining(Settings settings, Topics topics) {
    this.settings = settings;
    this.topics = topics;
  }

  /**
   * @param taken the beginning of each partition
   * @param ends records before these were learned from before any model existed
   */
  Outcome train(Map<TopicPartition, List<Gathering.Row>> taken, List<Provenance.Offset> ends) {
    List<Gathering.Row> rows =
        taken.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Gathering.ORDER))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    List<@Nullable String> keys = new ArrayList<>();
    rows.forEach(row -> keys.add(row.key()));
    InputLayout layout;
    try {
      layout =
          LayoutInference.explain(
                  rows.stream().map(Gathering.Row::leaves).toList(),
                  keys,
                  rows.stream().map(row -> Sources.of(row.record())).toList(),
                  settings.input().declared())
              .layout();
    } catch (IllegalArgumentException nothingToLearnFrom) {
      return new Outcome.Rejected(String.valueOf(nothingToLearnFrom.getMessage()), Map.of());
    }
    Lineage lineage =
        new Lineage(new ModelId(ModelId.DEFAULT_SEGMENT, 1), Instant.now(), null, ends);
    return Trainer.train(layout, runs(layout, rows), settings.learning(), lineage);
  }

  private List<Run> runs(InputLayout layout, List<Gathering.Row> rows) {
    RecordReader reader =
        new RecordReader(
            layout, WireForm.json(settings.input().maxBytes()), topics.input().several());
    Map<String, List<Run.Moment>> byEntity = new LinkedHashMap<>();
    for (Gathering.Row row : rows) {
      ConsumerRecord<byte[], byte[]> record = row.record();
      try {
        Incoming incoming =
            reader.incoming(
                Sources.of(record),
                record.key(),
                row.leaves(),
                Instant.ofEpochMilli(record.timestamp()));
        byEntity
            .computeIfAbsent(incoming.entity(), entity -> new ArrayList<>())
            .add(new Run.Moment(incoming.time(), incoming.source(), incoming.observation(), false));
      } catch (UnreadableRecord deadLetterLater) {
        LOG.atDebug().addKeyValue("reason", deadLetterLater.reason().word()).log("not learned");
      }
    }
    List<Run> runs = new ArrayList<>();
    byEntity.forEach((entity, moments) -> runs.add(new Run(entity, inOrder(moments))));
    return runs;
  }

  /** Arrival order; where an entity's records come from several partitions, the order of time. */
  private static List<Run.Moment> inOrder(List<Run.Moment> moments) {
    Stream<String> places = moments.stream().map(m -> m.source().topic() + m.source().partition());
    return places.distinct().count() == 1
        ? moments
        : moments.stream().sorted(Comparator.comparing(Run.Moment::time)).toList();
  }
}
