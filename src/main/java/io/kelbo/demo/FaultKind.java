package io.kelbo.demo;

/** What can go wrong with a sensor of the plant. */
enum FaultKind {
  SPIKE("spike", 1, 3),
  STUCK("stuck sensor", 20, 60),
  DRIFT("slow drift", 20, 60),
  BROKEN_CORRELATION("broken correlation", 20, 60),
  SILENT("silent field", 20, 60),
  LEVEL_SHIFT("level shift", 20, 60);

  final String words;

  /** How many records of its pump it lasts. */
  final int shortest;

  final int longest;

  FaultKind(String words, int shortest, int longest) {
    this.words = words;
    this.shortest = shortest;
    this.longest = longest;
  }
}
