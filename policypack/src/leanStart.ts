import { deferPackage } from "./deferPackage";

// Imported for its effect, before anything of the SDK. The SDK reads npm packages and their trees to serialize
// functions, and its automation API starts the CLI. A policy pack does neither; what is loaded for them takes a quarter of its start.
try {
  const user = require.resolve("@pulumi/pulumi/runtime/closure/codePaths");
  deferPackage("@npmcli/arborist", user, "Arborist");
  deferPackage("normalize-package-data", user);
  deferPackage("execa", require.resolve("@pulumi/pulumi/automation/cmd"));
} catch {
  // Another SDK keeps it elsewhere: it is then loaded as the SDK wants it.
}
