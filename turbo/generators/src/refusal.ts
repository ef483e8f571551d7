/** What the person at the keyboard has to put right; its message is the one thing that they are shown. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
