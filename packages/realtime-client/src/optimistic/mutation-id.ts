let count = 0;

/** A word for one mutation that no other client says. */
export function newMutationId(): string {
  return `${Math.random().toString(36).slice(2)}-${(count += 1)}`;
}
