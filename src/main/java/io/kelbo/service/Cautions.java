package io.kelbo.service;

import io.kelbo.model.Model;
import io.kelbo.record.Field;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Settings that work, and that are seldom meant: said by {@code check} and at start. */
public final class Cautions {
  private Cautions() {}

  /** A sentence for each. */
  public static List<String> of(Settings settings) {
    List<String> cautions = new ArrayList<>();
    Path state = settings.stateDir().toAbsolutePath().normalize();
    if (state.startsWith("/tmp") || state.startsWith("/var/tmp")) {
      cautions.add(
          "state.dir is '%s', which is cleaned at a restart or by age: state is then restored from Kafka, which takes long. Name a folder that stays."
              .formatted(settings.stateDir()));
    }
    if (!loopback(settings.http().host()) && settings.http().token() == null) {
      cautions.add(
          "http.host is '%s' and there is no http.token: whoever reaches the port reads /metrics and /status. Set http.token, or '127.0.0.1'."
              .formatted(settings.http().host()));
    }
    if (settings.http().token() != null
        && settings.http().tls() == null
        && !loopback(settings.http().host())) {
      cautions.add(
          "http.token is sent over plain HTTP to '%s'. Set http.tls.certificate and http.tls.key, or end TLS in front."
              .formatted(settings.http().host()));
    }
    if (settings.byBroker() && settings.instance() != null) {
      cautions.add(
          "instance is '%s' but group.protocol 'streams' knows no static members: it is not used."
              .formatted(settings.instance()));
    }
    return cautions;
  }

  /** Where fields have other roles than the model that is there was learned with. */
  static List<String> roles(Settings settings, Model model) {
    List<String> cautions = new ArrayList<>();
    for (Field field : settings.input().fields()) {
      int place = model.layout().fields().place(field.name());
      if (place >= 0 && field.role() != model.layout().fields().get(place).role()) {
        cautions.add(
            "field '%s' has the role '%s' but model %d was learned with another: roles are those of the first model. Begin anew with 'kelbo reset' to change them."
                .formatted(field.name(), field.role().word(), model.id().version()));
      }
    }
    return cautions;
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false; // opening the port will say so
    }
  }
}
