package io.kelbo.model;

import io.kelbo.context.Said;
import io.kelbo.record.Observation;

/**
 * What a person said of an anomaly.
 *
 * @param anomaly the id of its verdict
 * @param observation of the record
 */
public record Opinion(String anomaly, Said said, Observation observation) {}
