/** Which check of a gate has the word: whoever throws, decided. Written by the gates, read where decisions are observed. */
export interface GateTrace {
  by: string;
}
