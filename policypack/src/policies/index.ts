import type { FixturePolicy } from "../definePolicy";
import { dateTimeFormat } from "./dateTimeFormat";
import { requiredFields } from "./requiredFields";
import { statusEnum } from "./statusEnum";

/** Every policy of the pack, in the order in which they run and report. */
export const policies: readonly FixturePolicy[] = [statusEnum, requiredFields, dateTimeFormat];
