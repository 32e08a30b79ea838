/** Fair, bounded, order-independent sampling: bottom-k by hash. */
@NullMarked
package io.kelbo.sample;

import org.jspecify.annotations.NullMarked;
