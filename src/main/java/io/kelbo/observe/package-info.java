/** Every meter that Kelbo has, declared in one place. */
@NullMarked
package io.kelbo.observe;

import org.jspecify.annotations.NullMarked;
