package io.kelbo.topology;

import io.kelbo.model.Verdict;
import io.kelbo.observe.Meters;
import java.time.InstantSource;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends what a task answers, each to its topic, and counts it. Decides nothing. */
final class Outbox {
  private final ProcessorContext<Object, Object> context;
  private final boolean allVerdicts;
  private final Meters meters;
  private final InstantSource clock;
  private final Bookkeeping books;

  Outbox(
      ProcessorContext<Object, Object> context,
      boolean allVerdicts,
      Meters meters,
      InstantSource clock,
      Bookkeeping books) {
    this.context = context;
    this.allVerdicts = allVerdicts;
    this.meters = meters;
    this.clock = clock;
    this.books = books;
  }

  /**
   * An answer to a record.
   *
   * @param input the record's headers
   * @param time of what is written for readers, in ms
   * @param admitted of what is written for the trainer, in ms
   */
  void send(Answer answer, Arrived arrived, Headers input, long time, long admitted) {
    Verdict verdict = answer.verdict();
    String entity = verdict.entity();
    time = Math.max(0, time);
    if (allVerdicts) {
      forward(entity, answer.json(), time, ScoringTopology.VERDICTS);
    }
    if (verdict.alarming()) {
      forward(entity, answer.json(), time, ScoringTopology.ANOMALIES);
    }
    if (answer.completed() != null) {
      Headers headers = ImputedHeaders.of(input, verdict, answer.imputations());
      context.forward(
          new Record<>(arrived.origin().key(), answer.completed(), time, headers),
          ScoringTopology.IMPUTED);
    }
    for (byte[] prediction : answer.predictions()) {
      forward(entity, prediction, time, ScoringTopology.PREDICTIONS);
      meters.predictions.increment();
    }
    if (answer.sample() != null) {
      forward(answer.segment(), answer.sample(), admitted, ScoringTopology.SAMPLES);
      meters.samples.increment();
    }
    if (answer.tally() != null) {
      forward(answer.tally().segment(), answer.tally().write(), admitted, ScoringTopology.TALLIES);
    }
    books.answered(verdict, answer.imputations(), arrived.origin());
  }

  /** A verdict without a record. */
  void send(Verdict verdict, long time) {
    byte[] json = VerdictJson.write(verdict);
    if (allVerdicts) {
      forward(verdict.entity(), json, time, ScoringTopology.VERDICTS);
    }
    forward(verdict.entity(), json, time, ScoringTopology.ANOMALIES);
    books.told(verdict);
  }

  void send(DeadLetter letter, Headers headers, long time) {
    context.forward(
        new Record<>(letter.keptKey(), letter.keptValue(), time, letter.headers(headers)),
        ScoringTopology.DEAD_LETTERS);
  }

  /** Something that is not used, on {@code lifecycle}. */
  void refused(String reason) {
    LifecycleEvent event = LifecycleEvent.refused(reason, clock.instant());
    forward(event.segment(), event.write(), clock.millis(), ScoringTopology.EVENTS);
  }

  private void forward(Object key, Object value, long time, String to) {
    context.forward(new Record<>(key, value, time), to);
  }
}
