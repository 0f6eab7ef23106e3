/** By what it can do and not by its class: inside a test runner's sandbox the promises of Node.js are of another `Promise`. */
export function isPromise<Value>(value: Promise<Value> | Value): value is Promise<Value> {
  return typeof value === "object" && value !== null && "then" in value;
}
