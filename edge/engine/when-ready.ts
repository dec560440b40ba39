/** Goes on with a value at once where it is at hand, else when its promise has it: a request that waits for nothing needs no turn of its own. */
export function whenReady<Value, Result>(
  value: Value | Promise<Value>,
  next: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}
