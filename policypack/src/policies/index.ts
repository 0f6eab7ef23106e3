import type { FixturePolicy, PolicyDefaults, PolicyTemplate } from "../definePolicy";
import { createPackContext, type PackContext } from "../packContext";
import { readSurroundings } from "../surroundings";
import { dateTimeFormat } from "./dateTimeFormat";
import { dateTimeOrder } from "./dateTimeOrder";
import { exemptionHygiene } from "./exemptionHygiene";
import { fieldTypes } from "./fieldTypes";
import { fixtureBudget } from "./fixtureBudget";
import { graphEndpoint } from "./graphEndpoint";
import { naming } from "./naming";
import { noSecrets } from "./noSecrets";
import { packConfig } from "./packConfig";
import { requiredFields } from "./requiredFields";
import { statusCoverage } from "./statusCoverage";
import { statusEnum } from "./statusEnum";
import { syntheticIdentities } from "./syntheticIdentities";
import { tenantGuard } from "./tenantGuard";
import { undecided } from "./undecided";
import { uniqueFixture } from "./uniqueFixture";
import { upnShape } from "./upnShape";

/**
 * Every policy of the pack, in the order in which they run and report: first the one that the others ask for their
 * exemptions, last the one that says what the others could not decide.
 */
export const templates: readonly PolicyTemplate[] = [
  exemptionHygiene,
  packConfig,
  statusEnum,
  requiredFields,
  fieldTypes,
  dateTimeFormat,
  dateTimeOrder,
  upnShape,
  syntheticIdentities,
  noSecrets,
  tenantGuard,
  graphEndpoint,
  uniqueFixture,
  fixtureBudget,
  statusCoverage,
  naming,
  undecided,
];

/** The policies as one pack; what they share is theirs alone. */
export function createPolicies(
  defaults: Readonly<Record<string, PolicyDefaults>> = {},
  pack: PackContext = createPackContext(readSurroundings(process.env), templates),
): readonly FixturePolicy[] {
  return templates.map((template) => template.create(pack, defaults[template.name]));
}

/** Every policy of the pack with its defaults. */
export const policies: readonly FixturePolicy[] = createPolicies();
