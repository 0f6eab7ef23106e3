import { definePolicy } from "../definePolicy";
import { textsIn } from "../peek";
import { EXAMPLE_INPUTS } from "../rulePage";
import { secretKind } from "../secretKind";

/** No credential in any property, at any depth. The message names the property and the kind, never the value. */
export const noSecrets = definePolicy({
  name: "no-secrets",
  id: "DCS008",
  displayName: "No property holds a credential",
  description: "No property of a device compliance status may hold a credential.",
  fix: "take it out and revoke it; credentials belong in secret stack configuration, such as intune:clientSecret",
  tags: ["intune", "secrets"],
  level: "mandatory",
  severity: "critical",
  exemptible: false,
  options: {},
  page: {
    why: [
      "Every property of a fixture is sent to Graph, shown in previews and kept in the state file, and is readable for whoever may read device statuses. A token or key that strays into one, often by copy and paste into a display name, has to be revoked.",
      "Told by their shape are: JSON web tokens, client secrets of Microsoft Entra, private keys, keys and connection strings of Azure services, access tokens of GitHub, GitLab, npm, Slack and Pulumi, and access keys of AWS and Google. Values at any depth are looked at, and never shown. A credential of another shape is not recognised.",
    ],
    bad: {
      fixtures: {
        overdue: { ...EXAMPLE_INPUTS, deviceModel: "AccountKey=c2FtcGxlLXNhbXBsZS1zYW1wbGUtc2FtcGxlLXNhbXBsZQ==" },
      },
    },
    good: { fixtures: { overdue: { ...EXAMPLE_INPUTS, deviceModel: "Surface" } } },
    configuration: "mandatory",
  },
  judgeResource: ({ read, propertyNames, noteUnknown }) =>
    [...propertyNames].sort().flatMap((property) => {
      const reading = read(property);
      if (!reading.known) return [];
      const note = (): void => {
        noteUnknown(property);
      };
      for (const text of textsIn(reading.value, note)) {
        const kind = secretKind(text);
        if (kind !== undefined) return [{ problem: `${named(property)} holds what looks like ${kind}.` }];
      }
      return [];
    }),
});

/** A property's name, unless it is itself long enough to hide something. */
const named = (property: string): string => (/^\w{1,40}$/.test(property) ? property : "A property");
