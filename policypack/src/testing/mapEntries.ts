import type { Map as ProtoMap } from "google-protobuf";

/** The entries of a map field. Its own `toArray` gives values that are messages as bare arrays. */
export function mapEntries<K, V>(map: ProtoMap<K, V>): readonly (readonly [K, V])[] {
  const entries: (readonly [K, V])[] = [];
  map.forEach((value, key) => entries.push([key, value]));
  return entries;
}
