import { deferPackage } from "./deferPackage";

// Imported for its effect, before anything of the SDK. The SDK reads trees of npm packages to serialize functions, which
// a policy pack never does; the package for it, @npmcli/arborist, takes a quarter of the pack's start to load.
try {
  deferPackage("@npmcli/arborist", "Arborist", require.resolve("@pulumi/pulumi/runtime/closure/codePaths"));
} catch {
  // Another SDK keeps it elsewhere: it is then loaded as the SDK wants it.
}
