"use strict";
const { PolicyPack } = require("@pulumi/policy");

/** What a pack costs that judges nothing: its process, and a call for each resource. */
new PolicyPack("empty", {
  policies: [{ name: "nothing", description: "Judges nothing.", enforcementLevel: "mandatory", validateResource() {} }],
});
