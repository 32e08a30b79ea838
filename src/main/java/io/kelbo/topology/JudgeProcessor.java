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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
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
  private final PublishedRules rules;
  private final PublishedFeedback feedback;
  private final Meters meters;
  private final InstantSource clock;
  private final Newcomers newcomers = new Newcomers();
  private final Backlog backlog;
  private final Bookkeeping books;

  private @Nullable Desk desk;

  /** What a task works with, from its stores. */
  private record Desk(
      Seat seat,
      KeyValueStore<String, byte[]> entities,
      Sampling sampling,
      Tallying tallying,
      ClockGuard guard,
      Counsel counsel,
      Rounds rounds) {}

  /** All that came of one record, before anything is stored or sent. */
  private record Answer(
      Verdict verdict,
      byte[] json,
      byte @Nullable [] state,
      byte @Nullable [] completed,
      List<Imputation> imputations,
      byte @Nullable [] sample,
      @Nullable Tally tally) {}

  JudgeProcessor(
      ScoringSettings settings,
      ModelShelf shelf,
      PublishedRules rules,
      PublishedFeedback feedback,
      Meters meters,
      InstantSource clock) {
    this.settings = settings;
    this.shelf = shelf;
    this.rules = rules;
    this.feedback = feedback;
    this.meters = meters;
    this.clock = clock;
    this.backlog = new Backlog(settings.lagMax(), clock);
    this.books = new Bookkeeping(meters, clock);
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    super.init(context);
    KeyValueStore<String, byte[]> models = context.getStateStore(PublishedModels.STORE);
    KeyValueStore<String, byte[]> pinned = context.getStateStore(PINNED);
    Sampling sampling = new Sampling(settings.thinning(), context.getStateStore(PACE));
    ClockGuard guard = new ClockGuard(sampling.clock(), clock.millis());
    KeyValueStore<String, byte[]> entities = context.getStateStore(ENTITIES);
    Seat seat = new Seat(settings, new PublishedModels(models), shelf, pinned, meters);
    Rounds rounds = new Rounds(settings.watch(), entities, guard, seat, meters, clock.millis());
    desk =
        new Desk(
            seat,
            entities,
            sampling,
            new Tallying(context.taskId().toString()),
            guard,
            new Counsel(
                rules,
                context.getStateStore(PublishedRules.STORE),
                feedback,
                context.getStateStore(PublishedFeedback.STORE)),
            rounds);
    context.schedule(
        Rounds.EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> rounds.walk(now).forEach(verdict -> send(verdict, now)));
  }

  @Override
  public void process(Record<Object, Object> record) {
    long begun = System.nanoTime();
    Arrived arrived = (Arrived) record.value();
    Desk at = java.util.Objects.requireNonNull(desk, "init comes before process");
    try {
      long own = ClockGuard.millis(arrived.incoming().time());
      long admitted = at.guard().admit(own);
      at.rounds().heard(context().currentSystemTimeMs());
      Answer answer = answer(at, arrived);
      if (at.guard().clock() >= 0) {
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
      return new Answer(verdict, VerdictJson.write(verdict), null, null, List.of(), null, null);
    }
    Incoming incoming = arrived.incoming();
    if (!incoming.observation().fields().equals(sitting.fields())) {
      incoming =
          sitting
              .reader()
              .incoming(
                  incoming.source(),
                  arrived.origin().key(),
                  arrived.content().leaves(),
                  Instant.ofEpochMilli(arrived.origin().time()));
    }
    String entity = incoming.entity();
    EntityState state = EntityState.read(entity, sitting.fields(), at.entities().get(entity));
    long before = state.seen();
    state.notes().heard(at.guard().clock());
    Judged judged = backlog.quiet(at.counsel().judge(sitting, incoming, state), state);
    books.read(incoming.observation(), sitting.model(), judged.held());
    boolean accepted = state.seen() > before;
    newcomers.note(arrived);
    Sample sample = accepted ? at.sampling().sample(entity, state, state.seen()) : null;
    Completion completion = Completion.of(arrived, judged.imputations());
    return new Answer(
        judged.verdict(),
        VerdictJson.write(judged.verdict()),
        state.write(),
        completion.value(),
        completion.imputations(),
        sample == null ? null : newcomers.widened(sample).write(),
        at.guard().clock() < 0
            ? null
            : at.tallying()
                .count(
                    sitting.model(), judged.verdict(), incoming.observation(), at.guard().clock()));
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
                  ImputedHeaders.of(input, verdict, answer.imputations())),
              ScoringTopology.IMPUTED);
    }
    if (answer.sample() != null) {
      context()
          .forward(
              new Record<>(ModelId.DEFAULT_SEGMENT, answer.sample(), admitted),
              ScoringTopology.SAMPLES);
      meters.samples.increment();
    }
    if (answer.tally() != null) {
      context()
          .forward(
              new Record<>(answer.tally().segment(), answer.tally().write(), admitted),
              ScoringTopology.TALLIES);
    }
    books.answered(verdict, answer.imputations(), arrived.origin());
  }

  /** A verdict without a record. */
  private void send(Verdict verdict, long time) {
    byte[] json = VerdictJson.write(verdict);
    if (settings.allVerdicts()) {
      context().forward(new Record<>(verdict.entity(), json, time), ScoringTopology.VERDICTS);
    }
    context().forward(new Record<>(verdict.entity(), json, time), ScoringTopology.ANOMALIES);
    books.told(verdict);
  }

  private void forward(DeadLetter letter, Headers headers, long time) {
    context()
        .forward(
            new Record<>(letter.keptKey(), letter.keptValue(), time, letter.headers(headers)),
            ScoringTopology.DEAD_LETTERS);
  }
}
