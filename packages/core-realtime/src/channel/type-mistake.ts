declare const mistake: unique symbol;

/** The compiler's sentence about a mistake, in the place of a parameter, and the type that was expected: nothing can be passed there. */
export interface TypeMistake<Sentence extends string, Expected = unknown> {
  readonly [mistake]: readonly [Sentence, Expected];
}
