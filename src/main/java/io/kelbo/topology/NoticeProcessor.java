package io.kelbo.topology;

import io.kelbo.format.AvroWritten;
import io.kelbo.format.SchemaDifference;
import io.kelbo.model.ModelId;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Notices that records change their shape: tells it once on {@code lifecycle}, and hands on what
 * new fields say, for the trainer. Judges nothing; each record goes on to the judge.
 */
final class NoticeProcessor extends ContextualProcessor<Object, Object, Object, Object> {
  static final String SHAPE = "shape";

  private static final String KEY = "shape";
  private static final int GONE_AFTER = 100;
  // Together some 15 kB: a broker takes the event, whatever the schema, and a person reads it.
  private static final int MOST_CHANGES = 50;
  private static final int LONGEST_CHANGE = 300;

  private final ScoringSettings settings;
  private final InstantSource clock;
  private final Set<String> told;
  private final String next;
  private final Map<String, Integer> absent = new TreeMap<>();

  private @Nullable KeyValueStore<String, byte[]> store;
  private @Nullable KnownShape shape;
  private @Nullable Schema schema;

  /**
   * @param told what any task of this process has told already
   * @param next the node that judges
   */
  NoticeProcessor(ScoringSettings settings, InstantSource clock, Set<String> told, String next) {
    this.settings = settings;
    this.clock = clock;
    this.told = told;
    this.next = next;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    KeyValueStore<String, byte[]> kept = context.getStateStore(SHAPE);
    store = kept;
    shape = KnownShape.read(kept.get(KEY));
  }

  @Override
  public void process(Record<Object, Object> record) {
    Arrived arrived = (Arrived) record.value();
    KnownShape known = Objects.requireNonNull(shape, "init comes before process");
    List<String> changes = new ArrayList<>();
    boolean moved = !known.settled();
    boolean avro = arrived.content().written() instanceof AvroWritten;
    if (arrived.content().written() instanceof AvroWritten written) {
      moved |= schema(written, known, changes);
    }
    List<String> added = paths(arrived.content().leaves(), known);
    moved |= !added.isEmpty();
    if (!avro) {
      added.forEach(path -> changes.add("field '%s' was added".formatted(path)));
      gone(arrived.content().leaves(), known, changes);
    }
    known.count();
    if (moved) {
      Objects.requireNonNull(store, "init comes before process").put(KEY, known.write());
    }
    tell(changes);
    Map<String, Object> newcomers = new LinkedHashMap<>();
    for (String path : known.newcomers()) {
      Object leaf = arrived.content().leaves().get(path);
      if (leaf != null) {
        newcomers.put(path, leaf);
      }
    }
    context()
        .forward(newcomers.isEmpty() ? record : record.withValue(arrived.with(newcomers)), next);
  }

  private boolean schema(AvroWritten written, KnownShape known, List<String> changes) {
    if (written.schema() == schema) {
      return false;
    }
    schema = written.schema();
    String before = known.newest();
    if (!known.addSchema(written.schema().toString())) {
      return false;
    }
    if (before != null) {
      changes.addAll(SchemaDifference.between(before, written.schema()));
    }
    return true;
  }

  /** Paths that are new; before the baseline is full all are usual. */
  private List<String> paths(Map<String, Object> leaves, KnownShape known) {
    List<String> added = new ArrayList<>();
    for (String path : leaves.keySet()) {
      if (known.knows(path)) {
        continue;
      }
      boolean used = settings.layout().fields().place(path) >= 0 || ours(path);
      if (known.settled() && !used && settings.declared().fields().isEmpty()) {
        if (known.welcome(path)) {
          added.add(path);
        }
      }
      known.add(path);
    }
    return added;
  }

  private boolean ours(String path) {
    return settings.declared().ignores(path)
        || path.equals(settings.layout().timePath())
        || (settings.layout().entity() instanceof EntityRule.Path entity
            && path.equals(entity.path()));
  }

  /** A JSON field that was there and is absent from a hundred records in a row. */
  private void gone(Map<String, Object> leaves, KnownShape known, List<String> changes) {
    for (Field field : settings.layout().fields().list()) {
      if (field.target() || leaves.containsKey(field.name())) {
        absent.remove(field.name());
      } else if (known.knows(field.name())
          && absent.merge(field.name(), 1, Integer::sum) == GONE_AFTER) {
        changes.add(
            "field '%s' is absent from %d records in a row".formatted(field.name(), GONE_AFTER));
      }
    }
  }

  private void tell(List<String> changes) {
    String reason = reason(changes);
    if (changes.isEmpty() || !told.add(reason)) {
      return;
    }
    LifecycleEvent event =
        new LifecycleEvent(
            ModelId.DEFAULT_SEGMENT,
            LifecycleEvent.Kind.SCHEMA_CHANGED,
            clock.instant(),
            null,
            reason,
            Map.of());
    context()
        .forward(
            new Record<>(ModelId.DEFAULT_SEGMENT, event.write(), clock.millis()),
            ScoringTopology.SCHEMA_CHANGES);
  }

  private static String reason(List<String> changes) {
    List<String> said = new ArrayList<>();
    for (String change : changes.subList(0, Math.min(MOST_CHANGES, changes.size()))) {
      boolean longer = change.length() > LONGEST_CHANGE;
      said.add(longer ? change.substring(0, LONGEST_CHANGE) + "…" : change);
    }
    int more = changes.size() - said.size();
    if (more > 0) {
      said.add("and %d more".formatted(more));
    }
    return String.join("; ", said);
  }
}
