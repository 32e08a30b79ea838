package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.context.EntityState;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.Judge;
import io.kelbo.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said of a field that breaks its relation to others, too little to be flagged. */
class FaintFaultTest {
  private static final int FIELDS = 6;
  private static final int LEARNED = 2000;
  private static final int FAULTS = 200;
  private static final int APART = 140; // no window holds two faults
  private static final int LASTS = 4; // records

  @Test
  void shouldSeeInTheNewestRecordsWhichFieldIsWrongThoughNoneStandsOut() {
    double[][] x = Streams.plant(LEARNED + FAULTS * APART, FIELDS, 3);
    Random random = new Random(4);
    Judge judge = new Judge(Streams.model(x, LEARNED), Duration.ofHours(1));
    EntityState state = EntityState.fresh("e", Streams.fields(FIELDS));
    for (int i = 0; i < LEARNED; i++) {
      Streams.judge(judge, x[i], i, state);
    }
    int faint = 0;
    int first = 0;
    int firstThree = 0;

    for (int fault = 0; fault < FAULTS; fault++) {
      int begin = LEARNED + fault * APART;
      int end = begin + APART;
      int field = random.nextInt(FIELDS);
      int elsewhere = random.nextInt(LEARNED);
      for (int i = begin; i < end; i++) {
        double[] record = x[i].clone();
        if (i >= end - LASTS) {
          record[field] = x[elsewhere + i - end + LASTS][field]; // usual by itself
        }
        Verdict verdict = Streams.judge(judge, record, i, state);
        List<FieldFinding> findings = judge.findings();
        double sum = findings.stream().mapToDouble(FieldFinding::contribution).sum();
        assertThat(sum).isCloseTo(verdict.surprisal(), within(1e-6 * (1 + verdict.surprisal())));
        if (i == end - 1 && findings.stream().noneMatch(FieldFinding::culprit)) {
          List<String> order = findings.stream().map(FieldFinding::name).toList();
          faint++;
          first += order.get(0).equals("q" + field) ? 1 : 0;
          firstThree += order.indexOf("q" + field) < 3 ? 1 : 0;
        }
      }
    }

    assertThat(faint).isGreaterThan(60);
    assertThat((double) first / faint).isGreaterThan(0.7);
    assertThat((double) firstThree / faint).isGreaterThan(0.8);
  }
}
