/**
 * The model that scores and what it says: immutable model, judge, verdict, provenance, snapshot.
 */
@NullMarked
package io.kelbo.model;

import org.jspecify.annotations.NullMarked;
