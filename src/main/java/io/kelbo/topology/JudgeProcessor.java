package io.kelbo.topology;

import io.kelbo.context.EntityState;
import io.kelbo.model.Imputation;
import io.kelbo.model.Judged;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.observe.Meters;
import io.kelbo.record.Incoming;
import io.kelbo.record.UnreadableRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One call into the model for each record: its entity's state in, verdict and new state out. All is
 * computed before anything is stored or sent, so that an error leaves no half change.
 */
final class JudgeProcessor extends ContextualProcessor<Object, Object, Object, Object> {
  static final String ENTITIES = "entities";
  static final String PINNED = "pinned";
  static final String PACE = "pace";

  private final ScoringSettings settings;
  private final ModelShelf shelf;
  private final Meters meters;
  private final InstantSource clock;
  private final Bookkeeping books;

  private @Nullable Desk desk;

  /** What a task works with, from its stores. */
  private record Desk(
      Seat seat,
      KeyValueStore<String, byte[]> entities,
      @Nullable Sampling sampling,
      ClockGuard guard) {}

  /** All that came of one record, before anything is stored or sent. */
  private record Answer(
      Verdict verdict,
      byte[] json,
      byte @Nullable [] state,
      byte @Nullable [] completed,
      List<Imputation> imputations,
      byte @Nullable [] sample) {}

  JudgeProcessor(ScoringSettings settings, ModelShelf shelf, Meters meters, InstantSource clock) {
    this.settings = settings;
    this.shelf = shelf;
    this.meters = meters;
    this.clock = clock;
    this.books = new Bookkeeping(meters, clock);
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    KeyValueStore<String, byte[]> models = context.getStateStore(PublishedModels.STORE);
    KeyValueStore<String, byte[]> pinned = context.getStateStore(PINNED);
    Sampling sampling =
        settings.thinning() == null
            ? null
            : new Sampling(settings.thinning(), context.getStateStore(PACE));
    desk =
        new Desk(
            new Seat(settings, new PublishedModels(models), shelf, pinned, meters),
            context.getStateStore(ENTITIES),
            sampling,
            new ClockGuard(sampling == null ? -1 : sampling.clock(), clock.millis()));
  }

  @Override
  public void process(Record<Object, Object> record) {
    long begun = System.nanoTime();
    Arrived arrived = (Arrived) record.value();
    Desk at = java.util.Objects.requireNonNull(desk, "init comes before process");
    try {
      Answer answer = answer(at, arrived);
      long own = millis(arrived.incoming().time());
      long admitted = at.guard().admit(own);
      if (at.sampling() != null && at.guard().clock() >= 0) {
        at.sampling().count(at.guard().clock());
      }
      if (answer.state() != null) {
        at.entities().put(arrived.incoming().entity(), answer.state());
      }
      // A reader's clock is not to be moved by a time that ours does not believe.
      send(answer, arrived, record.headers(), own <= clock.millis() ? own : admitted, admitted);
    } catch (UnreadableRecord unreadable) {
      meters.deadLetter(unreadable.reason().word());
      forward(
          DeadLetter.of(unreadable, arrived.origin(), arrived.value()),
          record.headers(),
          record.timestamp());
    }
    meters.judging.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    books.close();
  }

  private Answer answer(Desk at, Arrived arrived) throws UnreadableRecord {
    Seat.Sitting sitting = at.seat().sitting();
    if (sitting == null) {
      Verdict verdict =
          Verdict.unscored(
              arrived.incoming(), VerdictKind.WARMING_UP, "no model can be read yet", null);
      return new Answer(verdict, VerdictJson.write(verdict), null, null, List.of(), null);
    }
    Incoming incoming = arrived.incoming();
    if (!incoming.observation().fields().equals(sitting.fields())) {
      incoming =
          sitting
              .reader()
              .read(
                  incoming.source(),
                  arrived.origin().key(),
                  arrived.value(),
                  Instant.ofEpochMilli(arrived.origin().time()));
    }
    String entity = incoming.entity();
    EntityState state = EntityState.read(entity, sitting.fields(), at.entities().get(entity));
    long before = state.seen();
    Judged judged = sitting.judge().judge(incoming, state);
    books.read(incoming.observation(), sitting.model());
    boolean accepted = state.seen() > before;
    Sample sample =
        accepted && at.sampling() != null
            ? at.sampling().sample(entity, state, state.seen())
            : null;
    return new Answer(
        judged.verdict(),
        VerdictJson.write(judged.verdict()),
        state.write(),
        completed(arrived, judged),
        judged.imputations(),
        sample == null ? null : sample.write());
  }

  private static byte @Nullable [] completed(Arrived arrived, Judged judged) {
    if (judged.imputations().isEmpty()) {
      return null;
    }
    try {
      return CompletedJson.write(arrived.value(), judged.imputations());
    } catch (IOException readBefore) {
      throw new IllegalStateException("a record that was read cannot be completed", readBefore);
    }
  }

  private void send(Answer answer, Arrived arrived, Headers input, long time, long admitted) {
    Verdict verdict = answer.verdict();
    String entity = verdict.entity();
    time = Math.max(0, time);
    if (settings.allVerdicts()) {
      context().forward(new Record<>(entity, answer.json(), time), ScoringTopology.VERDICTS);
    }
    if (verdict.alarming()) {
      context().forward(new Record<>(entity, answer.json(), time), ScoringTopology.ANOMALIES);
    }
    if (answer.completed() != null) {
      context()
          .forward(
              new Record<>(
                  arrived.origin().key(),
                  answer.completed(),
                  time,
                  imputedHeaders(input, verdict, answer.imputations())),
              ScoringTopology.IMPUTED);
    }
    if (answer.sample() != null) {
      context()
          .forward(
              new Record<>(ModelId.DEFAULT_SEGMENT, answer.sample(), admitted),
              ScoringTopology.SAMPLES);
      meters.samples.increment();
    }
    books.answered(verdict, answer.imputations(), arrived.origin());
  }

  private void forward(DeadLetter letter, Headers headers, long time) {
    context()
        .forward(
            new Record<>(letter.keptKey(), letter.keptValue(), time, letter.headers(headers)),
            ScoringTopology.DEAD_LETTERS);
  }

  private static Headers imputedHeaders(
      Headers input, Verdict verdict, List<Imputation> imputations) {
    Headers headers = Origin.erase(new RecordHeaders(input));
    headers.remove("kelbo.imputed").remove("kelbo.imputed.sd").remove("kelbo.time");
    headers.add("kelbo.time", verdict.time().toString().getBytes(StandardCharsets.UTF_8));
    headers.add("kelbo.imputed", joined(imputations.stream().map(Imputation::field).toList()));
    headers.add(
        "kelbo.imputed.sd",
        joined(imputations.stream().map(filled -> Double.toString(filled.sd())).toList()));
    return headers;
  }

  private static byte[] joined(List<String> words) {
    return words.stream().collect(Collectors.joining(",")).getBytes(StandardCharsets.UTF_8);
  }

  /** Milliseconds since 1970; times that have no such number become the nearest that has. */
  private static long millis(Instant time) {
    try {
      return time.toEpochMilli();
    } catch (ArithmeticException outOfRange) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
