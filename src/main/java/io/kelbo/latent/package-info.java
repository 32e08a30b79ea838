/** What a network's latent space is good for beside scores: vectors, orders, new records. */
@NullMarked
package io.kelbo.latent;

import org.jspecify.annotations.NullMarked;
