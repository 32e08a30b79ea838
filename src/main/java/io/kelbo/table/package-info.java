/** CSV tables as they are written: where each cell stands, and what is wrong with them. */
@NullMarked
package io.kelbo.table;

import org.jspecify.annotations.NullMarked;
