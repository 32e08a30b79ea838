package io.kelbo.crooked.vae;

import io.kelbo.crooked.topology.Flow;
import org.apache.kafka.common.TopicPartition;

/** Maths that knows Kafka and what stands above it. */
public record Network(TopicPartition partition, Flow flow) {}
