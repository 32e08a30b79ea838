package io.kelbo.service;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.format.FormatSettings;
import io.kelbo.record.Declared;
import io.kelbo.record.Field;
import io.kelbo.topology.InputTopics;
import io.kelbo.train.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured, checked. Made by {@code SettingsReader} from YAML only, so
 * that no value here is wrong.
 *
 * @param name prefix of application ids ({@code <name>-score}, {@code <name>-train}) and topics
 * @param kafka client properties, passed through untouched; has {@code bootstrap.servers}
 * @param roles {@code score}, {@code train}, or both
 * @param allVerdicts whether every verdict is written, or anomalies only
 * @param createTopics whether missing topics of ours are created
 * @param instance static membership id; null for dynamic membership
 * @param formats how the input and our answers are written
 */
public record Settings(
    String name,
    Map<String, String> kafka,
    Set<Role> roles,
    Input input,
    WarmUp warmUp,
    AlarmBudget budget,
    boolean allVerdicts,
    Watch watch,
    Retrain retrain,
    String guarantee,
    Http http,
    Path stateDir,
    boolean createTopics,
    @Nullable String instance,
    long seed,
    Life life,
    FormatSettings formats) {

  /** What an instance does. */
  public enum Role {
    SCORE,
    TRAIN
  }

  /**
   * @param topic one, several, or all that match a pattern
   * @param from {@code earliest}, {@code latest}, or an ISO duration back such as {@code PT1H}
   * @param entity {@code key}, {@code partition}, a dotted path, or null to infer
   * @param time dotted path, or null for the record's own timestamp
   * @param fields declared fields; empty to infer
   * @param ignore paths left out of inference
   * @param late records older than their entity's newest by more than this get {@code late}
   * @param maxBytes larger record values are dead letters
   * @param segment dotted path of the field that parts records into segments; null for one
   * @param repair values whose p given the record's other fields is below are replaced; 0: none
   */
  public record Input(
      InputTopics topic,
      String from,
      @Nullable String entity,
      @Nullable String time,
      List<Field> fields,
      Set<String> ignore,
      Duration late,
      int maxBytes,
      @Nullable String segment,
      double repair) {
    /** Of one topic and one segment, without repairs. */
    Input(
        String topic,
        String from,
        @Nullable String entity,
        @Nullable String time,
        List<Field> fields,
        Set<String> ignore,
        Duration late,
        int maxBytes) {
      this(InputTopics.of(topic), from, entity, time, fields, ignore, late, maxBytes, null, 0);
    }

    /** What is said of the fields. */
    public Declared declared() {
      return new Declared(fields, ignore, entity, time, segment);
    }
  }

  /**
   * What the first model learns from.
   *
   * @param records so many records
   * @param time or what came in this time
   * @param backlog or so many, where they wait already
   */
  public record WarmUp(int records, Duration time, int backlog) {}

  /**
   * @param every stream time between trainings; null to train only when somebody asks
   * @param window how far back training looks, in stream time
   * @param sample how many records it learns from at most
   * @param timeout wall-clock time after which a training is given up
   * @param layers hidden layers of each nonlinear branch
   * @param threads that a training takes
   */
  public record Retrain(
      @Nullable Duration every,
      Duration window,
      int sample,
      Duration timeout,
      int layers,
      int threads) {}

  /**
   * @param silence an entity is silent after so many times its longest interval of late; 0: never
   * @param forget what has sent nothing for so long is forgotten
   */
  public record Watch(double silence, Duration forget) {}

  /**
   * Where metrics and health are served, and to whom.
   *
   * @param port 0 takes a free one
   * @param token what a client must bear; null for none
   * @param tls null for plain HTTP
   * @param rate requests a second, all clients together
   */
  public record Http(String host, int port, @Nullable String token, @Nullable Tls tls, int rate) {
    static final int RATE = Integer.parseInt(HttpKeys.RATE.without());

    /** Open to whoever reaches the port. */
    public Http(String host, int port) {
      this(host, port, null, null, RATE);
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
      return tls == null ? "http" : "https";
    }

    @Override
    public String toString() {
      return "%s://%s:%d%s".formatted(scheme(), host, port, token == null ? "" : ", token hidden");
    }
  }

  /** PEM files: a chain of certificates, and the private key of the first. */
  public record Tls(Path certificate, Path key) {}

  /**
   * What bounds a running instance.
   *
   * @param storeBytes memory outside of the heap for all state stores of the process
   * @param stopWithin a stop that was asked for ends within this
   * @param lagMax records older than this do not alarm; null for no such bound
   */
  public record Life(long storeBytes, Duration stopWithin, @Nullable Duration lagMax) {
    /** What holds where the configuration says nothing. */
    public static Life usual() {
      return new Life(
          LifeKeys.STORES.reader().read(LifeKeys.STORES.without()),
          Duration.parse(LifeKeys.STOP_WITHIN.without()),
          null);
    }
  }

  /** How models are learned. */
  TrainingSettings learning() {
    return new TrainingSettings(seed, budget, false).repairing(input.repair() > 0);
  }

  /** Whether the broker assigns the work (KIP-1071), not the instances among themselves. */
  boolean byBroker() {
    return "streams".equalsIgnoreCase(kafka.get("group.protocol"));
  }

  /** Every key with its value, secrets hidden. */
  @Override
  public String toString() {
    return ShownSettings.of(this).toString();
  }
}
