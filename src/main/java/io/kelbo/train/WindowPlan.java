package io.kelbo.train;

import io.kelbo.encode.WindowShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Which windows are looked at, sized from the sample alone: how many fields are measured, how long
 * its runs are, which period they show (temporal.md, section 3).
 *
 * @param joint over all measured fields
 * @param forms for one measured field, the windows that exemplars are kept of
 */
record WindowPlan(WindowShape joint, List<Form> forms) {
  private static final List<Integer> SCALES = List.of(1, 4, 16);
  private static final int BUDGET = 160; // numbers of a joint window, about
  private static final int MOST_NUMBERS = 400;
  private static final int MOST_LAGS = 16;
  private static final int EXEMPLARS = 512;

  // An entity's state is 16 kB at eight fields, all measured, and grows with them. About so many
  // bytes of it are the ring (a field of a record: 8 bytes, 32 records), the trace (16 records a
  // lag, 8 bytes each) and the adaptation (4 numbers of 4 bytes for each of the window).
  private static final int STATE_OF_8 = 11_264;
  private static final int RING = 768;
  private static final int FIELD = 256;
  private static final int LAG = 16 * 8 + SCALES.size() * 16;
  private static final double TRIM = 0.15;

  /**
   * One kind of form.
   *
   * @param exemplars how many are kept
   * @param trim the sparsest share of candidates that is dropped
   */
  record Form(WindowShape shape, double weight, int exemplars, double trim) {}

  WindowPlan {
    forms = List.copyOf(forms);
  }

  /**
   * @param fields all of a record: an entity of few measured ones looks no further back than makes
   *     it as large as one whose fields are all measured
   * @param channels measured fields
   * @param live those of them that ever change
   * @param longestRun records
   * @param period records, 0 for none
   */
  static WindowPlan of(int fields, int channels, int live, int longestRun, int period) {
    int lags = Math.min(MOST_LAGS, BUDGET / (SCALES.size() * Math.max(live, 1)));
    lags = Math.max(2, lags);
    lags = Math.min(lags, MOST_NUMBERS / (SCALES.size() * channels));
    int bytes = (int) (STATE_OF_8 * Math.max(1, fields / 8.0)) - RING - FIELD * fields;
    lags = Math.min(lags, bytes / (LAG * channels));
    lags = Math.max(1, Math.min(lags, longestRun / 32));
    WindowShape joint = new WindowShape(SCALES, lags, false, false);
    List<Form> forms = new ArrayList<>();
    if (channels == 1) {
      forms.add(form(1, 16, false, false, 1, EXEMPLARS, 0));
      forms.add(form(1, 16, true, false, 0.3, EXEMPLARS, 0));
      forms.add(form(8, 16, false, true, 1, EXEMPLARS / 2, 0));
      for (double part : new double[] {0.7, 1.0}) {
        double wanted = period > 0 ? Math.max(16, period * part) : 128 * part;
        double records = Math.min(wanted, Math.max(16, longestRun / 4));
        int scale = (int) Math.max(1, Math.rint(records / 32));
        forms.add(form(scale, 32, false, true, 1, EXEMPLARS, TRIM));
      }
      forms.removeIf(f -> f.shape().reach() > longestRun / 2);
    }
    return new WindowPlan(joint, forms);
  }

  private static Form form(
      int scale, int points, boolean differences, boolean centred, double w, int m, double trim) {
    return new Form(new WindowShape(List.of(scale), points, differences, centred), w, m, trim);
  }

  /** Whether a joint window of so many fields stays within bounds. */
  static boolean bearable(int channels) {
    return SCALES.size() * channels <= MOST_NUMBERS;
  }

  /** Records that the longest window looks back upon. */
  int reach() {
    int reach = joint.reach();
    for (Form form : forms) {
      reach = Math.max(reach, form.shape().reach());
    }
    return reach;
  }
}
