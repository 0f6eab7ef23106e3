import type { Emulation } from "./emulation";
import { emulatorHandle } from "./emulatorHandle";
import type { Emulator } from "./emulatorHandle";
import { dispatch } from "./http/dispatch";
import { HttpServer } from "./http/server";
import type { Dispatch } from "./http/server";
import { toSettings } from "./options";
import type { EmulatorOptions, Settings } from "./options";
import { startEmulation } from "./startEmulation";
import { StartError } from "./startError";
import { codeOf, reasonOf } from "./thrown";

/** @throws {StartError} when an option, the port, the data folder, the seed or a fault rule cannot be used. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = toSettings(options);
  const closing = new AbortController();
  let provide: (dispatch: Dispatch) => void = () => undefined;
  const server = new HttpServer(new Promise((resolve) => (provide = resolve)));
  // The port first: when it is taken, no data folder has been made or locked.
  const port = await listen(server, settings);
  try {
    const emulation: Emulation = await startEmulation(settings, closing.signal);
    provide((request) => dispatch(request, emulation));
    return emulatorHandle(emulation, port, async () => {
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

async function listen(server: HttpServer, { port, host }: Settings): Promise<number> {
  try {
    return await server.listen(port, host);
  } catch (error) {
    const code = codeOf(error);
    const where = `port ${port} on ${host}`;
    if (code === "EADDRINUSE")
      throw new StartError(`${where} is taken: stop what uses it, or choose another with --port (0: any free one)`);
    if (code === "EACCES")
      throw new StartError(`${where} needs privileges: choose one from 1024 up with --port (0: any free one)`);
    throw new StartError(`cannot listen on ${where} (${reasonOf(error)}): choose another host or port`);
  }
}
