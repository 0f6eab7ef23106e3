import { servePage } from "../page/servePage";
import { refuse } from "./controlAnswer";
import type { ControlHandler } from "./controlAnswer";

/** Relative, so that it is right behind a proxy under another name too. */
const toFolder: ControlHandler = () =>
  refuse(308, "MovedPermanently", "The page is at /_emulator/.", { Location: "_emulator/" });

export const PAGE_ROUTES = { "/_emulator": { GET: toFolder }, "/_emulator/": { GET: () => servePage() } };
