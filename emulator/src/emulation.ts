import type { AccessTokens } from "./identity/accessTokens";
import type { PipelineIssuer } from "./identity/pipelineIssuer";
import type { Profile, Settings } from "./options";
import type { Clock } from "./world/clock";
import type { Faults } from "./world/faults";
import type { Journal } from "./world/journal";
import type { Quota } from "./world/quota";
import type { Tenants } from "./world/tenants";
import type { TimeTravel } from "./world/timeTravel";
import type { Visibility } from "./world/visibility";

/** One running emulator: what its handlers share. Knows nothing of sockets. */
export interface Emulation {
  readonly settings: Settings;
  profile: Profile;
  readonly clock: Clock;
  readonly timeTravel: TimeTravel;
  readonly tenants: Tenants;
  readonly tokens: AccessTokens;
  readonly pipelines: PipelineIssuer;
  readonly faults: Faults;
  readonly visibility: Visibility;
  readonly journal: Journal;
  /** Absent: nothing is throttled by itself. */
  readonly quota: Quota | undefined;
  /** Aborted by close(): ends waits that only a fault asked for. */
  readonly closing: AbortSignal;
}
