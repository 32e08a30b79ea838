package io.kelbo.sample;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The k keys with the smallest draws. What it holds does not depend on the order in which they were
 * offered; equal draws are told apart by the key.
 */
public final class BottomK<K extends Comparable<K>> {
  private final int bound;
  private final Map<K, Ticket<K>> held = new HashMap<>();
  private final TreeSet<Ticket<K>> order =
      new TreeSet<>(Comparator.<Ticket<K>>comparingDouble(Ticket::draw).thenComparing(Ticket::key));

  private record Ticket<K>(K key, double draw) {}

  public BottomK(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException(
          "a sample is bounded at %d but must hold at least 1".formatted(bound));
    }
    this.bound = bound;
  }

  /** Offers a key; returns what has no place any more: nothing, another key, or this one. */
  public List<K> offer(K key, double draw) {
    if (held.containsKey(key)) {
      return List.of();
    }
    Ticket<K> ticket = new Ticket<>(key, draw);
    held.put(key, ticket);
    order.add(ticket);
    if (order.size() <= bound) {
      return List.of();
    }
    K loser = order.last().key();
    remove(loser);
    return List.of(loser);
  }

  public boolean holds(K key) {
    return held.containsKey(key);
  }

  /** Takes a key out, for instance because it is too old; its place is free again. */
  public void remove(K key) {
    Ticket<K> ticket = held.remove(key);
    if (ticket != null) {
      order.remove(ticket);
    }
  }

  /** The keys held, smallest draw first. */
  public List<K> keys() {
    return order.stream().map(Ticket::key).toList();
  }

  public boolean full() {
    return order.size() >= bound;
  }
}
