/**
 * The residual variational autoencoder: factor analysis as its linear path, a nonlinear branch
 * beside it.
 */
@NullMarked
package io.kelbo.vae;

import org.jspecify.annotations.NullMarked;
