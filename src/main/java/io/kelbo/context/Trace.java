package io.kelbo.context;

import io.kelbo.record.Observation;
import io.kelbo.record.Total;
import java.util.Arrays;

/**
 * The last raw values of a few numeric fields of one entity, further back than the {@link Ring}:
 * what windows over time are made of. Raw, and of totals what they {@link Total grew by} in steps
 * of the fields, so that a model swap leaves them true; a missing value is its predecessor, NaN
 * where there was none. One thread's, for the time of one record.
 */
public final class Trace {
  private final int[] fields;
  private final int capacity;
  private final double[] values; // (capacity, fields)
  private int size;
  private int next;
  private Shift less = Shift.NONE;
  private int shifted; // the newest, off which it is taken

  Trace(int[] fields, int capacity, double[] values, int size, int next) {
    this.fields = fields;
    this.capacity = capacity;
    this.values = values;
    this.size = size;
    this.next = next;
  }

  /** A trace of these fields that holds nothing yet. */
  public static Trace empty(int[] fields, int capacity) {
    return new Trace(fields.clone(), capacity, new double[fields.length * capacity], 0, 0);
  }

  /**
   * Takes a shift off what is unrolled; what is kept stays raw.
   *
   * @param newest off how many of the records that it holds when it is unrolled
   */
  void less(Shift shift, int newest) {
    less = shift;
    shifted = newest;
  }

  /** Takes in a record. */
  public void add(Observation observation) {
    int at = next * fields.length;
    int before = Math.floorMod(next - 1, capacity) * fields.length;
    for (int c = 0; c < fields.length; c++) {
      double value = observation.number(fields[c]);
      if (observation.fields().get(fields[c]).total()) {
        value = Total.ongoing(value);
      }
      values[at + c] = Double.isNaN(value) ? (size == 0 ? Double.NaN : values[before + c]) : value;
    }
    next = (next + 1) % capacity;
    size = Math.min(capacity, size + 1);
  }

  /**
   * Writes the newest records one after another in time, the newest last; what lies before the
   * first record is filled with it. An accepted {@link Shift} is taken off.
   *
   * @param out (length, fields)
   */
  public void unroll(double[] out, int length) {
    int channels = fields.length;
    int known = Math.min(Math.max(size, 1), length);
    int oldest = Math.floorMod(next - known, capacity);
    int unbroken = Math.min(known, capacity - oldest);
    int at = (length - known) * channels;
    System.arraycopy(values, oldest * channels, out, at, unbroken * channels);
    int wrapped = (known - unbroken) * channels;
    System.arraycopy(values, 0, out, length * channels - wrapped, wrapped);
    for (int before = at - channels; before >= 0; before -= channels) {
      System.arraycopy(out, at, out, before, channels);
    }
    int from = shifted < known ? length - shifted : 0;
    for (int c = 0; less.given() && c < channels; c++) {
      for (int i = from * channels + c; i < length * channels; i += channels) {
        out[i] -= less.of(fields[c]);
      }
    }
  }

  /** How many records it holds. */
  public int size() {
    return size;
  }

  boolean holds(int[] wanted, int records) {
    return capacity == records && Arrays.equals(fields, wanted);
  }

  /** What this one knows of other fields, or further back. */
  Trace fitted(int[] wanted, int records) {
    Trace other = empty(wanted, records);
    int kept = Math.min(size, records);
    for (int back = kept; back >= 1; back--) {
      int from = Math.floorMod(next - back, capacity) * fields.length;
      for (int c = 0; c < wanted.length; c++) {
        int known = Arrays.binarySearch(fields, wanted[c]);
        other.values[other.next * wanted.length + c] =
            known < 0 ? Double.NaN : values[from + known];
      }
      other.next = (other.next + 1) % records;
      other.size++;
    }
    return other;
  }

  int[] fields() {
    return fields;
  }

  int capacity() {
    return capacity;
  }

  int next() {
    return next;
  }

  double[] values() {
    return values;
  }
}
