import { InputError } from "./inputError";
import { isJsonObject } from "./model/json";
import type { JsonObject } from "./model/json";

/** The value as an object that has no other properties. @throws {InputError} */
export function only(where: string, value: unknown, names: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw new InputError(`${where} must be an object`);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new InputError(`${where} has no property '${unknown}'; it has ${names.join(", ")}`);
  return value;
}

export function assertWhole(name: string, value: unknown, min: number, max: number): asserts value is number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    throw new InputError(`${name} must be a whole number from ${min} to ${max}`);
  }
}

export function assertNumber(name: string, value: unknown, min: number, max: number): asserts value is number {
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    throw new InputError(`${name} must be a number from ${min} to ${max}`);
  }
}
