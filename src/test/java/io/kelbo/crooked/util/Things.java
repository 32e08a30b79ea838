package io.kelbo.crooked.util;

/** What has no place. */
public record Things() {}
