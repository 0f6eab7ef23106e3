import { definePolicy } from "../definePolicy";
import { domainOf, isWithin, namesNobody } from "../knownIdentities";
import { textListOption } from "../optionKinds";
import { givenValue } from "../peek";
import { EXAMPLE_INPUTS } from "../rulePage";

const NAMES = ["deviceDisplayName", "userName"] as const;
const PROPERTIES = [...NAMES, "userPrincipalName"] as const;

/**
 * Fixtures must not name real people or their devices. Values are never printed.
 * Sources: RFC 2606 and RFC 6761 for reserved names; contoso.com and its like are Microsoft's own fictitious companies.
 */
export const syntheticIdentities = definePolicy({
  name: "synthetic-identities",
  id: "DCS007",
  displayName: "Identities are made up",
  description: "The users and devices of a device compliance status must be recognisably made up.",
  fix: "use a test domain for users and a test prefix for names, or list yours in the options domains and prefixes",
  tags: ["intune", "identity", "privacy"],
  level: "advisory",
  severity: "high",
  exemptible: true,
  options: {
    domains: textListOption({
      description: "The domains of made-up users, with their subdomains.",
      standard: [
        "example",
        "test",
        "invalid",
        "localhost",
        "example.com",
        "example.net",
        "example.org",
        "contoso.com",
        "fabrikam.com",
      ],
    }),
    prefixes: textListOption({
      description: "What the names of made-up users and devices begin with; case does not count.",
      standard: ["fixture", "test", "example", "sample", "demo"],
    }),
  },
  page: {
    why: [
      "Fixtures are often copied from a real tenant. State files, logs and screenshots of a test then hold the names of real people and their devices, for years and in many places, and whoever reads a dashboard takes the fixture for the real thing.",
      "A user principal name passes if its domain is listed, a name if it begins with a prefix or is itself such a user principal name. `System account` and the placeholders of Microsoft's documentation pass. The rule is advisory until a team has agreed on its domains and prefixes; the profiles `ci` and `strict` make it mandatory.",
    ],
    bad: {
      fixtures: {
        overdue: { ...EXAMPLE_INPUTS, deviceDisplayName: "LAPTOP-7F3K", userPrincipalName: "ann.lee@woodgrove.co" },
      },
    },
    good: {
      fixtures: {
        overdue: { ...EXAMPLE_INPUTS, deviceDisplayName: "FIXTURE-LAPTOP", userPrincipalName: "ann@fixtures.example" },
      },
    },
    configuration: { enforcementLevel: "mandatory", domains: ["fixtures.example"], prefixes: ["fixture-"] },
  },
  judgeResource: ({ read }, { domains, prefixes }) =>
    PROPERTIES.flatMap((property) => {
      const value = givenValue(read, property);
      if (typeof value !== "string" || value.trim() === "" || namesNobody(value)) return [];
      const isName = NAMES.some((name) => name === property);
      const domain = domainOf(value);
      if (domain !== undefined && isWithin(domain, domains)) return [];
      if (isName && prefixes.some((prefix) => value.toLowerCase().startsWith(prefix.toLowerCase()))) return [];
      const lack = isName ? "begins with none of the prefixes of test names" : "is of no test domain";
      return [{ problem: `${property} ${lack}.` }];
    }),
});
