package io.kelbo.service;

import io.kelbo.topology.Letter;
import io.kelbo.topology.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Moves dead letters back into the input. Never twice: each goes in one transaction with its
 * receipt, letters with a receipt are passed over, and only one replay may write at a time (a
 * transactional id), which looks for receipts after it has become that one.
 */
public final class Replay {
  private static final int BATCH = 200;
  private static final Duration WAIT = Duration.ofMillis(200);

  private final Settings settings;
  private final Topics topics;
  private final Choice choice;

  /**
   * Which letters are meant.
   *
   * @param reason only of this reason; null for any
   * @param from only those set aside at or after; null for no bound
   * @param to only those set aside before; null for no bound
   * @param most the oldest so many
   */
  public record Choice(
      @Nullable String reason, @Nullable Instant from, @Nullable Instant to, long most) {
    boolean holds(Letter letter) {
      return (reason == null || reason.equals(letter.reason()))
          && (from == null || !letter.written().isBefore(from))
          && (to == null || letter.written().isBefore(to));
    }
  }

  /**
   * What was found, and moved if that was asked.
   *
   * @param chosen how many by reason
   * @param passedOver how many by why: {@code replayed before}, {@code cut}, …
   * @param examples some of the chosen: source, reason and message
   * @param moved how many
   */
  public record Account(
      Map<String, Long> chosen, Map<String, Long> passedOver, List<String> examples, long moved) {}

  public Replay(Settings settings, Choice choice) {
    this.settings = settings;
    this.topics = new Topics(settings.name(), settings.input().topic());
    this.choice = choice;
  }

  /** Says what {@link #run} would do. */
  public Account rehearse() {
    try {
      return look(letters -> 0);
    } catch (KafkaException refused) {
      throw refusal(refused);
    }
  }

  /**
   * Moves.
   *
   * @throws ServiceFailure if Kafka refuses, or another replay began; then nothing is doubled
   */
  public Account run() {
    String id = topics.name() + "-replay";
    try (Producer<byte[], byte[]> producer = Clients.rawProducer(settings, id)) {
      producer.initTransactions();
      return look(letters -> moved(producer, id, letters));
    } catch (ProducerFencedException other) {
      throw new ServiceFailure(
          "another replay began meanwhile and goes on alone; what this one had begun is undone. Run it again when that one has ended",
          other);
    } catch (KafkaException refused) {
      throw refusal(refused);
    }
  }

  private ServiceFailure refusal(KafkaException refused) {
    boolean writing =
        refused instanceof TransactionalIdAuthorizationException
            // The input is only written here, though its partitions are looked up first.
            || (refused instanceof TopicAuthorizationException hidden
                && hidden.unauthorizedTopics().stream().allMatch(topics::watches));
    return refusal(
        refused,
        writing
            ? Refusal.ofWriting(refused, topics.name() + "-replay")
            : Refusal.ofReading(refused));
  }

  private static ServiceFailure refusal(KafkaException refused, String why) {
    return new ServiceFailure("dead letters cannot be moved: " + why, refused);
  }

  private interface Mover {
    long move(List<Letter> letters);
  }

  private Account look(Mover mover) {
    Set<String> receipts = new HashSet<>();
    Map<String, Long> chosen = new TreeMap<>();
    Map<String, Long> passedOver = new TreeMap<>();
    List<String> examples = new ArrayList<>();
    List<Letter> batch = new ArrayList<>();
    long[] counts = {0, 0}; // chosen, moved
    try (LetterReading reading = LetterReading.open(settings, topics)) {
      reading.each(WAIT, letter -> remember(receipts, letter));
      reading.each(
          WAIT,
          letter -> {
            if (letter.receiptOf() != null || !choice.holds(letter) || counts[0] >= choice.most()) {
              return;
            }
            String why =
                receipts.contains(place(letter.record().partition(), letter.record().offset()))
                    ? "replayed before"
                    : letter.obstacle(reading.inputPartitions());
            if (why != null) {
              passedOver.merge(why, 1L, Long::sum);
              return;
            }
            counts[0]++;
            chosen.merge(letter.reason(), 1L, Long::sum);
            if (examples.size() < 3) {
              examples.add(
                  "%s  %s  %s".formatted(letter.source(), letter.reason(), letter.message()));
            }
            batch.add(letter);
            if (batch.size() == BATCH) {
              counts[1] += mover.move(batch);
              batch.clear();
            }
          });
    }
    counts[1] += batch.isEmpty() ? 0 : mover.move(batch);
    return new Account(chosen, passedOver, examples, counts[1]);
  }

  private static long moved(Producer<byte[], byte[]> producer, String id, List<Letter> letters) {
    try {
      return move(producer, letters);
    } catch (ProducerFencedException other) {
      throw other;
    } catch (KafkaException refused) {
      throw refusal(refused, Refusal.ofWriting(refused, id));
    }
  }

  private static long move(Producer<byte[], byte[]> producer, List<Letter> letters) {
    producer.beginTransaction();
    for (Letter letter : letters) {
      producer.send(letter.restored());
      producer.send(letter.receipt());
    }
    producer.commitTransaction();
    return letters.size();
  }

  private static void remember(Set<String> receipts, Letter letter) {
    Long offset = letter.receiptOf();
    if (offset != null) {
      receipts.add(place(letter.record().partition(), offset));
    }
  }

  private static String place(int partition, long offset) {
    return partition + "/" + offset;
  }
}
