import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

// The constructor starts the analyzer's server and prints its port: this file is for the engine to load. Everything
// that is to be imported lies in ./policies.
new PolicyPack("intune-compliance-fixtures", {
  displayName: "Intune compliance fixtures",
  description: "Gates Microsoft Intune compliance fixtures declared with pulumi-intune.",
  tags: ["intune", "microsoft-graph"],
  enforcementLevel: "mandatory",
  policies: [...policies],
});
