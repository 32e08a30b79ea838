package io.kelbo.latent;

/**
 * One thing done against latents that carry nothing, and what it did.
 *
 * @param what in words
 * @param result the training
 */
public record Cure(String what, Trial result) {}
