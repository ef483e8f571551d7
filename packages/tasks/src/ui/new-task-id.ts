/** An id that no other client makes. `crypto.randomUUID` is missing where a page comes over plain HTTP from another machine. */
export function newTaskId(): string {
  const random = () => Math.random().toString(36).slice(2, 10);
  return `${Date.now().toString(36)}-${random()}${random()}`;
}
