import { deferPackage } from "./deferPackage";

// Imported for its effect, before anything of the SDK. The SDK reads npm packages and their trees to serialize
// functions, and its automation API starts the CLI. A policy pack does neither; what is loaded for them takes a quarter of its start.
// Where another SDK keeps these elsewhere, they are loaded as it wants them.
deferPackage("@npmcli/arborist", "@pulumi/pulumi/runtime/closure/codePaths", "Arborist");
deferPackage("normalize-package-data", "@pulumi/pulumi/runtime/closure/codePaths");
deferPackage("execa", "@pulumi/pulumi/automation/cmd");
