package io.kelbo.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the plant sends: readings as JSON, with values lost on the way, faults, and now and then a
 * message that cannot be read. Tells the truth of each to {@link Truth}.
 */
final class Telemetry {
  /** The share of values that are lost. */
  static final double DROPPED = 0.015;

  /** One message in so many is cut off. */
  static final int BROKEN_EVERY = 2500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Plant plant;
  private final @Nullable Faults faults;
  private final Truth truth;
  private final SplittableRandom random;

  /** A message: key, record timestamp, value. */
  record Message(String key, Instant time, String json) {}

  /**
   * @param faults null for a plant in which nothing breaks
   */
  Telemetry(Plant plant, @Nullable Faults faults, Truth truth, long seed) {
    this.plant = plant;
    this.faults = faults;
    this.truth = truth;
    this.random = new SplittableRandom(seed);
  }

  /** The messages of the next two minutes. */
  List<Message> next() {
    List<Message> messages = new ArrayList<>();
    for (Reading reading : plant.next()) {
      Fault fault = faults == null ? null : faults.at(reading);
      if (fault != null && fault.firstTick() == reading.tick()) {
        truth.began(fault);
      }
      String json = json(reading, fault);
      truth.produced(reading);
      messages.add(new Message(reading.key(), reading.time(), json));
      if (random.nextInt(BROKEN_EVERY) == 0) {
        String cutOff = json.substring(0, json.length() / 2);
        messages.add(new Message(reading.key(), reading.time(), cutOff));
      }
    }
    return messages;
  }

  private String json(Reading reading, @Nullable Fault fault) {
    ObjectNode object = JSON.createObjectNode();
    if (!lost()) {
      object.put("mode", reading.mode());
    }
    if (!lost()) {
      object.put("cooling", reading.cooling());
    }
    for (Sensor sensor : Sensor.values()) {
      Double truly = reading.values().get(sensor);
      if (truly == null) {
        continue;
      }
      Fault its = fault != null && fault.sensor() == sensor ? fault : null;
      Double sent = its == null ? truly : its.distorted(reading.tick(), truly);
      if (lost()) {
        // What a broken sensor would have sent is nobody's to guess.
        if (its == null) {
          truth.dropped(reading, sensor, truly);
        }
      } else if (sent != null) {
        put(object, sensor.path, sent);
      }
    }
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of numbers is always JSON", impossible);
    }
  }

  private boolean lost() {
    return random.nextDouble() < DROPPED;
  }

  private static void put(ObjectNode object, String path, double value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      object.put(path, value);
    } else {
      String group = path.substring(0, dot);
      ObjectNode inner =
          object.get(group) instanceof ObjectNode there ? there : object.putObject(group);
      inner.put(path.substring(dot + 1), value);
    }
  }
}
