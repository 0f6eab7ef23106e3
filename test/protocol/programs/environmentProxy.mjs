/** Loaded before a program (`node --import`): fetch of Node.js 20 and 22 heeds HTTPS_PROXY only so. */
import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";

setGlobalDispatcher(new EnvHttpProxyAgent());
