"use strict";
const { ensureBuilt, ensureInstalled } = require("./install.js");
const { runMain } = require("./run.js");

/** `npm run build`: everything that is made from the sources. */
runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  return 0;
});
