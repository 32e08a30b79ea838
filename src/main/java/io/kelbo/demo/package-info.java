/**
 * The demo: a simulated plant, its faults and their ground truth, and the service that finds them.
 */
@NullMarked
package io.kelbo.demo;

import org.jspecify.annotations.NullMarked;
