/** The arithmetic under the network: products, small linear systems, eigenvalues. */
@NullMarked
package io.kelbo.kernel;

import org.jspecify.annotations.NullMarked;
