/** Pages with pictures, readable offline: text and numbers as HTML, charts as SVG. */
@NullMarked
package io.kelbo.report;

import org.jspecify.annotations.NullMarked;
