/** A latent space as pictures, each with a sentence for people who know no maths. */
@NullMarked
package io.kelbo.explore;

import org.jspecify.annotations.NullMarked;
