package io.kelbo.record;

import org.jspecify.annotations.Nullable;

/**
 * How records of the input are read: decided once for the application, kept in every snapshot.
 *
 * @param fields what is learned from
 * @param entity what a record is about
 * @param timePath dotted path of the record's time, or null for the record's own timestamp
 */
public record InputLayout(Fields fields, EntityRule entity, @Nullable String timePath) {}
