/** Where Graph is and which tenant is meant, as data and pure functions: for policy packs, which judge it before a run. */
export { addressFault, isLoopback } from "./graph/addresses";
export { CLOUDS } from "./graph/clouds";
export { type Look, lookIn } from "./graph/settingsTable";
