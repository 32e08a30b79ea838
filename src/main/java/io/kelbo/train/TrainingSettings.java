package io.kelbo.train;

import io.kelbo.decide.AlarmBudget;

/**
 * What training depends on beside the sample.
 *
 * @param seed same sample, settings and seed give the same bytes
 * @param budget false alarms wanted
 * @param tabular rows have no order: no context over time
 */
public record TrainingSettings(long seed, AlarmBudget budget, boolean tabular) {}
