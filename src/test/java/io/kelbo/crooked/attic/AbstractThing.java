package io.kelbo.crooked.attic;

/** What nobody would say. */
public abstract class AbstractThing {}
