/** Goes on at once where the value is there, later where it is promised: a message that waits for nothing costs no promise. */
export function andThen<Value, Next>(
  value: Promise<Value> | Value,
  next: (value: Value) => Promise<Next> | Next,
): Promise<Next> | Next {
  return value instanceof Promise ? value.then(next) : next(value);
}
