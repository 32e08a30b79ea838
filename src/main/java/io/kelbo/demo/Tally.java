package io.kelbo.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what came out of Kelbo. Written by {@link Watch}, read by whoever shows it; safe for
 * threads.
 */
final class Tally {
  private final Truth truth;
  private final long began;
  private final List<Alarm> alarms = new ArrayList<>();
  private long verdicts;
  private long scored;
  private long anomalies;
  private long deadLetters;
  private long imputedCells;
  private long comparedCells;
  private double squaredErrors;
  private int promoted;
  private int version;
  private double firstVerdict = Double.NaN;
  private double firstAlarm = Double.NaN;
  private double firstFound = Double.NaN;
  private @Nullable Instant oldestScored;
  private @Nullable Instant newestScored;

  /**
   * What was counted up to one moment.
   *
   * @param scored verdicts that are normal or anomaly
   * @param anomalies records that are anomalies
   * @param comparedCells filled cells whose true value is known
   * @param nrmse root mean square of their errors, each in spreads of its sensor; NaN if none
   * @param models published models, the first among them
   * @param version of the newest model; 0 before the first
   * @param firstVerdict seconds from the demo's start to the first scored record; NaN if none
   * @param firstAlarm seconds from the demo's start to the first opened episode; NaN if none
   * @param firstFound seconds to the first that belongs to an injected fault; NaN if none
   * @param plantTimeScored from the oldest to the newest scored record
   */
  record Counts(
      long verdicts,
      long scored,
      long anomalies,
      long deadLetters,
      long imputedCells,
      long comparedCells,
      double nrmse,
      int models,
      int version,
      double firstVerdict,
      double firstAlarm,
      double firstFound,
      Duration plantTimeScored,
      List<Alarm> alarms) {
    Counts {
      alarms = List.copyOf(alarms);
    }

    long answered() {
      return verdicts + deadLetters;
    }
  }

  /**
   * @param began {@link System#nanoTime} at the demo's start
   */
  Tally(Truth truth, long began) {
    this.truth = truth;
    this.began = began;
  }

  synchronized void verdict(JsonNode verdict) {
    verdicts++;
    String kind = verdict.path("verdict").asText();
    if (!kind.equals("normal") && !kind.equals("anomaly")) {
      return;
    }
    scored++;
    Instant time = Instant.parse(verdict.path("time").asText());
    if (oldestScored == null || time.isBefore(oldestScored)) {
      oldestScored = time;
    }
    if (newestScored == null || time.isAfter(newestScored)) {
      newestScored = time;
    }
    if (Double.isNaN(firstVerdict)) {
      firstVerdict = seconds();
    }
  }

  synchronized void anomaly(JsonNode verdict) {
    if (verdict.path("verdict").asText().equals("anomaly")) {
      anomalies++;
    }
  }

  /**
   * @param injected whether it belongs to an injected fault
   */
  synchronized void alarm(Alarm alarm, boolean injected) {
    alarms.add(alarm);
    if (injected && Double.isNaN(firstFound)) {
      firstFound = seconds();
    }
    if (Double.isNaN(firstAlarm)) {
      firstAlarm = seconds();
    }
  }

  synchronized void deadLetter() {
    deadLetters++;
  }

  /**
   * @param pump key of the record
   * @param time of the record
   * @param filled the value of the filled field; NaN if it is no number
   */
  synchronized void imputed(String pump, Instant time, String field, double filled) {
    imputedCells++;
    Sensor sensor = Sensor.of(field);
    if (sensor == null) {
      return;
    }
    double error = truth.error(pump, time, sensor, filled);
    if (!Double.isNaN(error)) {
      comparedCells++;
      squaredErrors += error * error;
    }
  }

  synchronized void promoted(int newVersion) {
    promoted++;
    version = newVersion;
  }

  synchronized Counts counts() {
    return new Counts(
        verdicts,
        scored,
        anomalies,
        deadLetters,
        imputedCells,
        comparedCells,
        Math.sqrt(squaredErrors / comparedCells),
        promoted,
        version,
        firstVerdict,
        firstAlarm,
        firstFound,
        oldestScored == null || newestScored == null
            ? Duration.ZERO
            : Duration.between(oldestScored, newestScored),
        alarms);
  }

  private double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }
}
