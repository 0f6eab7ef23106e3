import { deferPackage } from "./deferPackage";

// Imported for its effect, before anything of the SDK. The SDK reads npm packages and their trees to serialize
// functions, which a policy pack never does; what it loads for that takes a quarter of the pack's start.
try {
  const user = require.resolve("@pulumi/pulumi/runtime/closure/codePaths");
  deferPackage("@npmcli/arborist", user, "Arborist");
  deferPackage("normalize-package-data", user);
} catch {
  // Another SDK keeps it elsewhere: it is then loaded as the SDK wants it.
}
