package io.kelbo.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kelbo.model.Model;
import io.kelbo.model.Snapshots;
import io.kelbo.model.UnreadableSnapshot;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.anomaly.Event;
import org.tribuo.anomaly.ImmutableAnomalyInfo;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;

/**
 * A model in Tribuo's protobuf: the length of Tribuo's own part, that part, Kelbo's snapshot,
 * packed as one {@code BytesValue}, so that no generated code is needed.
 */
final class KelboProto {
  private static final int VERSION = 0;

  private KelboProto() {}

  /** What was read. */
  record Read(ModelDataCarrier<?> carrier, ImmutableOutputInfo<Event> outputs, Model learned) {}

  static ModelProto write(Class<?> type, ModelDataCarrier<Event> carrier, Model learned) {
    byte[] tribuo = carrier.serialize().toByteArray();
    byte[] kelbo = Snapshots.write(learned);
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + tribuo.length + kelbo.length);
    bytes.putInt(tribuo.length).put(tribuo).put(kelbo).flip();
    return ModelProto.newBuilder()
        .setVersion(VERSION)
        .setClassName(type.getName())
        .setSerializedData(Any.pack(BytesValue.of(ByteString.copyFrom(bytes))))
        .build();
  }

  /**
   * @throws InvalidProtocolBufferException if it is not what {@link #write} gave
   */
  static Read read(int version, String className, Any message)
      throws InvalidProtocolBufferException {
    if (version != VERSION) {
      throw new InvalidProtocolBufferException(
          "'%s' has version '%d' but this Kelbo reads %d: run the newer version that wrote it"
              .formatted(className, version, VERSION));
    }
    ByteBuffer bytes = message.unpack(BytesValue.class).getValue().asReadOnlyByteBuffer();
    try {
      byte[] tribuo = part(bytes, bytes.getInt());
      Model learned = Snapshots.read(part(bytes, bytes.remaining()));
      ModelDataCarrier<?> carrier = ModelDataCarrier.deserialize(ModelDataProto.parseFrom(tribuo));
      return new Read(carrier, outputs(carrier), learned);
    } catch (BufferUnderflowException | UnreadableSnapshot corrupt) {
      throw new InvalidProtocolBufferException(
          "the model's bytes are not what Kelbo wrote: " + corrupt.getMessage());
    }
  }

  private static byte[] part(ByteBuffer bytes, int length) throws InvalidProtocolBufferException {
    if (length < 0 || length > bytes.remaining()) {
      throw new InvalidProtocolBufferException(
          "a part is '%d' bytes long but %d are there".formatted(length, bytes.remaining()));
    }
    byte[] part = new byte[length];
    bytes.get(part);
    return part;
  }

  private static ImmutableOutputInfo<Event> outputs(ModelDataCarrier<?> carrier)
      throws InvalidProtocolBufferException {
    if (carrier.outputDomain() instanceof ImmutableAnomalyInfo events) {
      return events;
    }
    throw new InvalidProtocolBufferException("the model's outputs are not anomaly events");
  }
}
