/**
 * Fills the missing cells of a table with what its own rows make most likely, and says how sure it
 * is.
 */
@NullMarked
package io.kelbo.impute;

import org.jspecify.annotations.NullMarked;
