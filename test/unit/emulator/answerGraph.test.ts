import { READ_WRITE_ROLE } from "../../../emulator/src/limits";
import type { Emulation } from "../../../emulator/src/emulation";
import { answerGraph } from "../../../emulator/src/graph/answerGraph";
import type { EmulatorRequest } from "../../../emulator/src/http/exchange";
import { AccessTokens } from "../../../emulator/src/identity/accessTokens";
import { PipelineIssuer } from "../../../emulator/src/identity/pipelineIssuer";
import { toSettings } from "../../../emulator/src/options";
import { DEFAULT_APP } from "../../../emulator/src/registeredApps";
import { Clock } from "../../../emulator/src/world/clock";
import { Faults } from "../../../emulator/src/world/faults";
import { Journal } from "../../../emulator/src/world/journal";
import { Tenants } from "../../../emulator/src/world/tenants";
import { TimeTravel } from "../../../emulator/src/world/timeTravel";
import { Visibility } from "../../../emulator/src/world/visibility";
import { World } from "../../../emulator/src/world/world";
import { DOCUMENTED_REQUEST } from "./support/graphClient";

const ORIGIN = "http://127.0.0.1:1";
const STATUSES = "/beta/deviceManagement/deviceCompliancePolicies/p/deviceStatuses";

test("a disk that fails is a 500 that says why, and nothing has changed", async () => {
  const failing = {
    write: () => Promise.reject(new Error("ENOSPC: no space left on device")),
  };
  const world = new World(failing, [
    { collection: "deviceCompliancePolicies", item: { sequence: 1, entity: { id: "p" } } },
  ]);
  const clock = new Clock();
  const tenants = new Tenants([[DEFAULT_APP.tenantId, world]]);
  const emulation: Emulation = {
    settings: toSettings({}),
    profile: "documented",
    clock,
    timeTravel: new TimeTravel(clock, tenants, undefined),
    tenants,
    tokens: new AccessTokens(clock, 60),
    pipelines: new PipelineIssuer(clock),
    faults: new Faults(0),
    visibility: new Visibility(clock),
    journal: new Journal(),
    quota: undefined,
    closing: new AbortController().signal,
  };
  const { accessToken } = emulation.tokens.issue({ ...DEFAULT_APP, roles: [READ_WRITE_ROLE] }, ORIGIN, ORIGIN);
  const request: EmulatorRequest = {
    method: "POST",
    path: STATUSES,
    query: "",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(DOCUMENTED_REQUEST)),
    origin: ORIGIN,
    requestId: "r",
    clientRequestId: "c",
  };
  const { status, body } = await answerGraph(request, emulation, () => Promise.reject(new Error("no batch here")));
  expect(status).toBe(500);
  expect(JSON.stringify(body)).toContain("The emulator failed: ENOSPC: no space left on device");
  expect(world.count("deviceCompliancePolicies/p/deviceStatuses")).toBe(0);
});
