package io.kelbo.impute;

/** One model's chances of the classes, given what is known of a row. */
interface ClassOpinion {
  /**
   * @param features without the target
   * @param wanted (rows); the others are left at equal chances
   * @return (rows)(classes) logarithms of chances that add to 1
   */
  double[][] logChances(Grid features, boolean[] wanted);
}
