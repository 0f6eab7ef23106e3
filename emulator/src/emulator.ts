import type { Emulation } from "./emulation";
import { emulatorHandle } from "./emulatorHandle";
import type { Emulator } from "./emulatorHandle";
import { dispatch } from "./http/dispatch";
import { openEndpoints } from "./http/endpoints";
import type { Dispatch } from "./http/exchange";
import { HttpServer } from "./http/server";
import { toSettings } from "./options";
import type { EmulatorOptions } from "./options";
import { startEmulation } from "./startEmulation";

/** @throws {StartError} when an option, a port, the data folder, the seed or a fault rule cannot be used. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = toSettings(options);
  const closing = new AbortController();
  let provide: (dispatch: Dispatch) => void = () => undefined;
  const server = new HttpServer(new Promise((resolve) => (provide = resolve)));
  try {
    // The ports first: when one is taken, no data folder has been made or locked.
    const endpoints = await openEndpoints(server, settings);
    const emulation: Emulation = await startEmulation(settings, closing.signal);
    provide((request) => dispatch(request, emulation));
    return emulatorHandle(emulation, endpoints, async () => {
      closing.abort();
      await server.close();
      await emulation.tenants.close();
    });
  } catch (error) {
    provide(() => Promise.resolve("dropped"));
    await server.close();
    throw error;
  }
}
