/** From a surprisal to a yes or no: p-value, alarm budget, threshold. */
@NullMarked
package io.kelbo.decide;

import org.jspecify.annotations.NullMarked;
