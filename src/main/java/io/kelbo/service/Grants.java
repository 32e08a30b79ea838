package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which rights a running service lacks. The start cannot ask for those to topics that Kafka Streams
 * makes later, and an ACL can be taken away at any time. Changes nothing.
 */
final class Grants {
  private static final Logger LOG = LoggerFactory.getLogger(Grants.class);

  private final Settings settings;
  private final Topics topics;

  Grants(Settings settings, Topics topics) {
    this.settings = settings;
    this.topics = topics;
  }

  /** A sentence for each that is missing now; empty, too, where the broker does not say. */
  List<String> missing() {
    try (Admin admin = Clients.admin(settings)) {
      return MissingRights.of(admin, topics, AccessRights.run(topics, settings.createTopics()));
    } catch (ExecutionException | Unreachable unanswered) {
      LOG.atWarn().addKeyValue("error", unanswered.toString()).log("rights could not be asked for");
      return List.of();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** An error in words: with the rights that are missing, if a right is what it is about. */
  String said(Throwable error) {
    List<String> missing = denied(error) ? missing() : List.of();
    return missing.isEmpty() ? error.toString() : "%s; %s".formatted(error, all(missing));
  }

  /** Sentences as one. */
  static String all(List<String> missing) {
    return String.join("; ", missing);
  }

  private static boolean denied(@Nullable Throwable error) {
    return error instanceof AuthorizationException || (error != null && denied(error.getCause()));
  }
}
