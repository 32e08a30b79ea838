package io.kelbo.topology;

import io.kelbo.context.EntityState;
import io.kelbo.model.Embedding;
import io.kelbo.model.Judged;
import io.kelbo.observe.Meters;
import io.kelbo.record.Incoming;
import io.kelbo.record.UnreadableRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
  private final Refusals refusals;
  private final Meters meters;
  private final InstantSource clock;
  private final Newcomers newcomers = new Newcomers();
  private final Backlog backlog;
  private final Bookkeeping books;

  private @Nullable Desk desk;

  /** What a task works with, from its stores. */
  private record Desk(
      Seats seats,
      Segments segments,
      KeyValueStore<String, byte[]> entities,
      Sampling sampling,
      Map<String, Tallying> tallying,
      ClockGuard guard,
      Counsel counsel,
      Rounds rounds,
      Outbox outbox) {}

  JudgeProcessor(
      ScoringSettings settings,
      ModelShelf shelf,
      PublishedRules rules,
      PublishedFeedback feedback,
      Refusals refusals,
      Meters meters,
      InstantSource clock) {
    this.settings = settings;
    this.shelf = shelf;
    this.rules = rules;
    this.feedback = feedback;
    this.refusals = refusals;
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
    Seats seats = new Seats(settings, new PublishedModels(models), shelf, pinned, meters);
    Rounds rounds = new Rounds(settings.watch(), entities, guard, seats, meters, clock.millis());
    Outbox outbox = new Outbox(context, settings.allVerdicts(), meters, clock, books);
    desk =
        new Desk(
            seats,
            new Segments(settings.declared().segment(), sampling.segments(), refusals),
            entities,
            sampling,
            new HashMap<>(),
            guard,
            new Counsel(
                rules,
                context.getStateStore(PublishedRules.STORE),
                feedback,
                context.getStateStore(PublishedFeedback.STORE)),
            rounds,
            outbox);
    context.schedule(
        Rounds.EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> rounds.walk(now).forEach(verdict -> outbox.send(verdict, now)));
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
        at.sampling().count(answer.segment(), at.guard().clock());
      }
      if (answer.state() != null) {
        at.entities().put(arrived.incoming().entity(), answer.state());
      }
      // A reader's clock is not to be moved by a time that ours does not believe.
      at.outbox()
          .send(
              answer, arrived, record.headers(), own <= clock.millis() ? own : admitted, admitted);
      for (String one = refusals.next(); one != null; one = refusals.next()) {
        at.outbox().refused(one);
      }
    } catch (UnreadableRecord unreadable) {
      meters.deadLetter(unreadable.reason().word());
      at.outbox()
          .send(
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
    String segment = at.segments().of(arrived.content().leaves());
    Seat.Sitting sitting = at.seats().sitting(segment);
    if (sitting == null) {
      return Answer.unjudged(segment, arrived);
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
    Sample sample = accepted ? at.sampling().sample(segment, entity, state, state.seen()) : null;
    Completion completion = Completion.of(arrived, judged.imputations());
    return new Answer(
        segment,
        judged.verdict(),
        VerdictJson.write(judged.verdict(), embedding(sitting, judged)),
        state.write(),
        completion.value(),
        completion.imputations(),
        judged.predictions().stream()
            .map(prediction -> PredictionJson.write(judged.verdict(), prediction))
            .toList(),
        sample == null ? null : newcomers.widened(sample).write(),
        tally(at, sitting, judged));
  }

  private @Nullable Tally tally(Desk at, Seat.Sitting sitting, Judged judged) {
    long clock = at.guard().clock();
    return clock < 0 || !judged.verdict().scored()
        ? null
        : at.tallying()
            .computeIfAbsent(
                sitting.model().id().segment(), name -> new Tallying(context().taskId().toString()))
            .count(sitting.model(), judged.verdict(), sitting.judge().grown(), clock);
  }

  private @Nullable Embedding embedding(Seat.Sitting sitting, Judged judged) {
    return settings.formats().settings().latents() && judged.verdict().scored()
        ? sitting.judge().embedding()
        : null;
  }
}
