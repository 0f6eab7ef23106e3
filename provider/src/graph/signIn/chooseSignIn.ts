import { booleanOf, type Look, type SettingKey } from "../settingsTable";
import { assembleSignIn, type Chooser } from "./assembleSignIn";
import type { SignIn } from "./signIn";

type Choice = { readonly signIn: SignIn } | { readonly faults: readonly string[] };

/** Settings that name a way to sign in outright. */
const SWITCHES = [
  "useOidc",
  "useAksWorkloadIdentity",
  "useMsi",
  "useCli",
  "usePowerShell",
  "useAzd",
  "useDefaultAzureCredential",
] as const satisfies readonly SettingKey[];

/** Settings that choose by being there. */
const CREDENTIALS = ["clientSecret", "clientSecretFilePath", "clientCertificate", "clientCertificatePath"] as const;

/** As the library checks it; its own complaint comes late and without the setting's name. */
const TENANT = /^[0-9a-zA-Z.-]+$/;

/**
 * Which way to sign in. What the stack's configuration says goes before the environment; in each, a switch
 * (`use…: true`) before a credential that lies about; with neither, DefaultAzureCredential. Two ways at one level are a
 * fault, for whoever set them expects the one or the other.
 * @returns the way with all it takes, or every fault
 */
export function chooseSignIn(look: Look): Choice {
  const faults: string[] = [];
  const by = chosenBy(look, faults);
  if (faults.length > 0) return { faults };
  const tenantId = look("tenantId");
  if (tenantId !== undefined && !TENANT.test(tenantId.text)) {
    faults.push(`${tenantId.name} is no tenant id and no domain name`);
  }
  const signIn = assembleSignIn(by, { look, faults, because: reasonOf(by) });
  return faults.length > 0 ? { faults } : { signIn };
}

function chosenBy(look: Look, faults: string[]): Chooser {
  const switches = SWITCHES.flatMap((key) => {
    const value = look(key);
    const isOn = value === undefined ? false : booleanOf(value.text);
    if (value !== undefined && isOn === undefined) faults.push(`${value.name} must be true or false`);
    return value !== undefined && isOn === true ? [{ ...value, key }] : [];
  });
  const credentials = CREDENTIALS.flatMap((key) => {
    const value = look(key);
    return value === undefined ? [] : [{ ...value, key }];
  });
  for (const origin of ["configuration", "environment"] as const) {
    for (const candidates of [switches, credentials]) {
      const here = candidates.filter((candidate) => candidate.origin === origin);
      const [first] = here;
      if (first === undefined) continue;
      if (here.length > 1) {
        faults.push(`${here.map(({ name }) => name).join(" and ")} name several ways to sign in; keep one`);
      }
      return first;
    }
  }
  return noChoice(look, faults);
}

function noChoice(look: Look, faults: string[]): Chooser {
  for (const key of ["oidcToken", "oidcTokenFilePath"] as const) {
    const value = look(key);
    if (value?.origin === "configuration") faults.push(`${value.name} is set but intune:useOidc is not true`);
  }
  if (look("useDefaultAzureCredential") !== undefined) {
    faults.push(
      "intune:useDefaultAzureCredential is false and nothing else says how to sign in; see docs/authentication.md",
    );
  }
  return { key: "useDefaultAzureCredential", name: "", text: "", origin: "environment" };
}

const reasonOf = ({ key, name }: Chooser): string => `${name} is ${key.startsWith("use") ? "true" : "set"}`;
