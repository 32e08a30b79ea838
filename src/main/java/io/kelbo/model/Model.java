package io.kelbo.model;

import io.kelbo.decide.Calibration;
import io.kelbo.decide.OddEntities;
import io.kelbo.decide.Standard;
import io.kelbo.encode.Encoder;
import io.kelbo.record.Field;
import io.kelbo.record.InputLayout;
import io.kelbo.score.Crowd;
import io.kelbo.score.NetworkHeads;
import io.kelbo.score.Patterns;
import io.kelbo.score.Readout;
import io.kelbo.score.Tails;
import io.kelbo.vae.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was learned; immutable, shared by all threads. Scores of one model are never held against
 * the calibration of another: they are one object.
 *
 * @param thresholdP the p-value below which a record is an anomaly, in (0, 0.5]
 * @param crowd what rows without order stand among; null for records of a stream
 * @param stream how streams move over time; null where rows have no order or are too few
 * @param readouts what tells the targets; of some there may be none
 * @param tails how far out residuals lie; those of a normal where nobody asked
 */
public record Model(
    ModelId id,
    InputLayout layout,
    Encoder encoder,
    Patterns patterns,
    Network network,
    Calibration calibration,
    double thresholdP,
    Provenance provenance,
    @Nullable Crowd crowd,
    @Nullable StreamSense stream,
    List<Readout> readouts,
    Tails tails) {
  private static final String ALONE =
      "records are scored without those before them: windows over time want 100 records, 32 of them"
          + " of one entity, and 1 to 133 fields of numbers that vary";

  public Model {
    readouts = List.copyOf(readouts);
    if (!(thresholdP > 0 && thresholdP <= 0.5)) {
      throw new IllegalArgumentException(
          "the threshold is p < %s but must lie above 0 and up to 0.5".formatted(thresholdP));
    }
    int size = layout.fields().size();
    if (!encoder.fields().equals(layout.fields())
        || patterns.figures()[0].length != size
        || tails.scales().size() != size
        || (crowd != null && !crowd.fits(encoder))
        || (stream != null && !stream.fits(layout.fields()))
        || !network.shape().heads().equals(NetworkHeads.of(encoder))) {
      throw new IllegalArgumentException(
          "encoder, patterns, network, crowd, stream and tails do not fit the %d fields"
              .formatted(size));
    }
    for (Readout readout : readouts) {
      List<Field> read = readout.encoder().fields().list();
      if (read.size() > size || !read.equals(layout.fields().list().subList(0, read.size()))) {
        throw new IllegalArgumentException(
            "a readout of field %d reads other fields than the model".formatted(readout.target()));
      }
    }
    if (stream != null) {
      for (int field : stream.temporal().windows().fields()) {
        if (field < 0 || field >= size) {
          throw new IllegalArgumentException(
              "windows look at field %d, but there are %d fields".formatted(field, size));
        }
      }
    }
  }

  /** What records alone are held against, where nothing but its name is known of an entity. */
  public Standard standard() {
    return new Standard(calibration, stream == null ? OddEntities.NONE : stream.odd());
  }

  /** Why a stream is scored record by record; null where it is not, or rows have no order. */
  public @Nullable String alone() {
    return stream == null && crowd == null ? ALONE : null;
  }

  /** A model of records alone. */
  public Model(
      ModelId id,
      InputLayout layout,
      Encoder encoder,
      Patterns patterns,
      Network network,
      Calibration calibration,
      double thresholdP,
      Provenance provenance) {
    this(
        id,
        layout,
        encoder,
        patterns,
        network,
        calibration,
        thresholdP,
        provenance,
        null,
        null,
        List.of(),
        Tails.normal(layout.fields().size()));
  }
}
