import "./leanStart";
import { createPolicyPack } from "./createPolicyPack";

// Starts the analyzer's server and prints its port: this file is for the engine to load. Everything that is to be
// imported lies in ./library.
createPolicyPack();
