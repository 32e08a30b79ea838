package io.kelbo.install;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * A Secret as Helm sends its records: Kubernetes' protobuf ({@code k8s.io/api/core/v1}, {@code
 * generated.proto}), of which name, labels, type and data are taken.
 */
final class SentSecret {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAGIC = 4;

  private SentSecret() {}

  /** Whether bytes begin with what Kubernetes puts before its protobuf. */
  static boolean is(byte[] body) {
    return body.length > MAGIC
        && body[0] == 'k'
        && body[1] == '8'
        && body[2] == 's'
        && body[3] == 0;
  }

  static ObjectNode json(byte[] body) throws IOException {
    ObjectNode secret = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
    CodedInputStream envelope = CodedInputStream.newInstance(body, MAGIC, body.length - MAGIC);
    each(envelope, 2, raw -> fill(secret, raw));
    return secret;
  }

  private static void fill(ObjectNode secret, byte[] raw) throws IOException {
    ObjectNode metadata = secret.putObject("metadata");
    ObjectNode labels = metadata.putObject("labels");
    ObjectNode data = secret.putObject("data");
    each(
        CodedInputStream.newInstance(raw),
        1,
        meta -> {
          each(CodedInputStream.newInstance(meta), 1, name -> metadata.put("name", text(name)));
          each(
              CodedInputStream.newInstance(meta),
              11,
              label -> entry(label, (key, value) -> labels.put(key, text(value))));
        });
    each(CodedInputStream.newInstance(raw), 2, item -> entry(item, data::put));
    each(CodedInputStream.newInstance(raw), 3, type -> secret.put("type", text(type)));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, java.nio.charset.StandardCharsets.UTF_8);
  }

  private interface Part {
    void of(byte[] bytes) throws IOException;
  }

  private interface Entry {
    void of(String key, byte[] value);
  }

  private static void entry(byte[] bytes, Entry entry) throws IOException {
    String[] key = {""};
    each(CodedInputStream.newInstance(bytes), 1, word -> key[0] = text(word));
    each(CodedInputStream.newInstance(bytes), 2, value -> entry.of(key[0], value));
  }

  /** Each field of this number; they all have a length. */
  private static void each(CodedInputStream in, int number, Part part) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == number) {
        part.of(in.readByteArray());
      } else {
        in.skipField(tag);
      }
    }
  }
}
