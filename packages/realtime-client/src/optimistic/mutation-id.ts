let count = 0;

/** An id for one mutation, unique among all clients. */
export function newMutationId(): string {
  return `${Math.random().toString(36).slice(2)}-${(count += 1)}`;
}
