import { definePolicy } from "../definePolicy";
import { domainOf, isWithin, namesNobody } from "../knownIdentities";
import { textListOption } from "../optionKinds";
import { givenValue } from "../peek";
import type { Finding } from "../policyDefinition";
import { EXAMPLE_INPUTS } from "../rulePage";

const PROPERTY = "userPrincipalName";

/** Source: Microsoft Entra, "Prepare for directory synchronization": 64 characters, an @, 48 characters. */
const MAX_CHARACTERS = 113;
const MAX_PREFIX_CHARACTERS = 64;
const PREFIX = /^[A-Za-z0-9'._!#^~-]+$/;
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** User principal names as Microsoft Entra makes them. The value is never printed. */
export const upnShape = definePolicy({
  name: "upn-shape",
  id: "DCS006",
  displayName: "userPrincipalName has the shape of one",
  description: "The userPrincipalName of a device compliance status must have the shape of a user principal name.",
  fix: "give a name such as ann@fixtures.example",
  tags: ["intune", "identity"],
  level: "mandatory",
  severity: "medium",
  exemptible: true,
  options: {
    domains: textListOption({
      description: "The domains that user principal names may be of, with their subdomains. Empty: any.",
      standard: [],
    }),
  },
  page: {
    why: [
      "Programs that read device statuses join them with users by `userPrincipalName`. A name that Microsoft Entra would not make, or of a domain that the tenant does not have, joins with nothing, and the test then tests that.",
      "`System account`, which the service writes for an evaluation in the device's own scope, and the placeholders of Microsoft's documentation are let pass. Messages say what is wrong with a name and never show it.",
    ],
    bad: { fixtures: { overdue: { ...EXAMPLE_INPUTS, userPrincipalName: "ann.fixtures.example" } } },
    good: { fixtures: { overdue: { ...EXAMPLE_INPUTS, userPrincipalName: "ann@fixtures.example" } } },
    configuration: { enforcementLevel: "mandatory", domains: ["fixtures.example"] },
  },
  judgeResource({ read }, { domains }) {
    const value = givenValue(read, PROPERTY);
    // Another type is the business of field-types, a blank text that of required-fields.
    if (typeof value !== "string" || value.trim() === "" || namesNobody(value)) return [];
    const fault = shapeFault(value);
    if (fault !== undefined) return [{ problem: `${PROPERTY} ${fault}.` }];
    return domainFinding(value, domains);
  },
});

/** What keeps a text from being a user principal name, as the end of a sentence. */
function shapeFault(text: string): string | undefined {
  if (/\s/.test(text)) return "holds blanks";
  const [prefix = "", domain = "", ...more] = text.split("@");
  if (!text.includes("@")) return "has no @";
  if (more.length > 0) return "has more than one @";
  if (text.length > MAX_CHARACTERS) return `is longer than ${MAX_CHARACTERS} characters`;
  if (prefix === "") return "has nothing before the @";
  if (prefix.length > MAX_PREFIX_CHARACTERS) return `has more than ${MAX_PREFIX_CHARACTERS} characters before the @`;
  if (!PREFIX.test(prefix)) return "has characters before the @ that are not allowed there";
  if (prefix.startsWith(".") || prefix.endsWith(".")) return "has a dot at an end of the part before the @";
  const labels = domain.split(".");
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return "has no domain after the @";
  return undefined;
}

function domainFinding(text: string, domains: readonly string[]): readonly Finding[] {
  const domain = domainOf(text);
  if (domains.length === 0 || domain === undefined || isWithin(domain, domains)) return [];
  return [
    {
      problem: `${PROPERTY} is of a domain that the option domains does not list.`,
      fix: "use one of the listed domains, or add this one",
    },
  ];
}
