package io.kelbo.cli;

import io.kelbo.model.ModelId;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.service.ModelsReader;
import io.kelbo.service.ModelsReader.Published;
import io.kelbo.service.Settings;
import io.kelbo.topology.Champion;
import io.kelbo.topology.ModelSnapshot;
import io.kelbo.topology.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The models that should score, one a segment, as they stand on {@code models}. */
final class Champions {
  private final String topic;
  private final Published published;
  private final Map<String, String> reasons = new TreeMap<>();

  private Champions(String topic, Published published) {
    this.topic = topic;
    this.published = published;
    published
        .champions()
        .forEach(
            (segment, champion) -> {
              String reason = reason(published.champion(segment));
              if (reason != null) {
                reasons.put(segment, reason);
              }
            });
  }

  /** Those that are published; none where there is no such topic yet. */
  static Champions read(Cluster cluster, Settings settings) throws InterruptedException {
    String topic = new Topics(settings.name(), settings.input().topic()).models();
    return new Champions(
        topic,
        cluster.absent(topic) ? new Published(Map.of(), Map.of()) : ModelsReader.read(settings));
  }

  private @Nullable String reason(@Nullable ModelSnapshot snapshot) {
    if (snapshot == null) {
      return "'%s' has no snapshot of it, or bytes that are none".formatted(topic);
    }
    try {
      snapshot.model();
      return null;
    } catch (UnreadableSnapshot unreadable) {
      return String.valueOf(unreadable.getMessage());
    } catch (RuntimeException corrupt) {
      // Corrupt bytes may fail in any way.
      return corrupt.toString();
    }
  }

  /** By segment: that its model cannot be read, why, and what to do. */
  Map<String, String> unreadable() {
    Map<String, String> sentences = new TreeMap<>();
    published
        .champions()
        .forEach(
            (segment, champion) -> {
              String reason = reasons.get(segment);
              if (reason != null) {
                sentences.put(segment, sentence(segment, champion.version(), reason));
              }
            });
    return sentences;
  }

  private String sentence(String segment, int version, String reason) {
    boolean alone = segment.equals(ModelId.DEFAULT_SEGMENT);
    return "model version %d%s, which should score, cannot be read (%s). %sStart the Kelbo that wrote it, or go back with 'kelbo model rollback%s'; 'kelbo reset' starts anew."
        .formatted(
            version,
            alone ? "" : " of segment '%s'".formatted(segment),
            reason,
            inItsPlace(segment),
            alone ? "" : " --segment " + segment);
  }

  /** Who judges meanwhile, as {@code Seats} choose; empty where nobody can. */
  private String inItsPlace(String segment) {
    String readable =
        published.of(segment).stream()
            .filter(snapshot -> reason(snapshot) == null)
            .map(snapshot -> Integer.toString(snapshot.id().version()))
            .collect(Collectors.joining(" or "));
    String before =
        "the version that judged before goes on, if it is %s (others cannot be read)"
            .formatted(readable);
    if (segment.equals(ModelId.DEFAULT_SEGMENT)) {
      return readable.isEmpty() ? "" : "Until then %s. ".formatted(before);
    }
    Champion shared = published.champions().get(ModelId.DEFAULT_SEGMENT);
    String others =
        "the default segment's model judges this one, too: %s"
            .formatted(
                shared == null
                    ? "there is none yet"
                    : reasons.containsKey(ModelId.DEFAULT_SEGMENT)
                        ? "version %d, which cannot be read either".formatted(shared.version())
                        : "version %d".formatted(shared.version()));
    return readable.isEmpty()
        ? "Until then %s. ".formatted(others)
        : "Until then %s; where none did, %s. ".formatted(before, others);
  }

  /** Adds what cannot be read to what {@code run} would stop at, or only should be known. */
  void tell(List<String> problems, List<String> cautions) {
    List<ModelSnapshot> snapshots = published.of(ModelId.DEFAULT_SEGMENT);
    boolean none =
        reasons.containsKey(ModelId.DEFAULT_SEGMENT)
            && snapshots.stream().allMatch(snapshot -> reason(snapshot) != null);
    (none ? problems : cautions).addAll(unreadable().values());
  }

  /** What there is to say of the default segment's, and the versions of the others. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    Champion champion = published.champions().get(ModelId.DEFAULT_SEGMENT);
    if (champion == null) {
      return facts;
    }
    facts.put("version", champion.version());
    facts.put("champion_since", champion.at().toString());
    facts.put("champion_because", champion.reason());
    ModelSnapshot snapshot = published.champion(ModelId.DEFAULT_SEGMENT);
    if (snapshot != null) {
      facts.putAll(ModelFacts.of(snapshot));
    }
    String reason = reasons.get(ModelId.DEFAULT_SEGMENT);
    if (reason != null) {
      facts.put("unreadable", reason);
    }
    facts.put("versions", published.of(ModelId.DEFAULT_SEGMENT).size());
    Map<String, Integer> segments = new TreeMap<>();
    published.champions().forEach((segment, one) -> segments.put(segment, one.version()));
    segments.remove(ModelId.DEFAULT_SEGMENT);
    facts.put("segments", segments);
    return facts;
  }
}
