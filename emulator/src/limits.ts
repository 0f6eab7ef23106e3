/** Every number and fixed text of the emulator, with its unit in the name and its source beside it. */

/** The first page of a deviceStatuses list held 51 entities: microsoftgraph/microsoft-graph-explorer-v4 issue #4043 (2026-06). */
export const DEFAULT_PAGE_SIZE = 51;

/** Assumption: the largest page. Public scripts send `$top=999`; a greater `$top` is served in pages of this size. */
export const MAX_PAGE_SIZE = 1000;

/** Assumption: 4 MiB, the request size limit that secondary sources give for Microsoft Graph. */
export const MAX_REQUEST_BODY_BYTES = 4 * 1024 * 1024;

/** ODataMessageQuotas.MaxNestingDepth of Microsoft.OData.Core, the library behind OData services on .NET: 100. */
export const MAX_JSON_DEPTH = 100;

/** What the control API takes at most: a snapshot or a seed is as large as a tenant. */
export const MAX_CONTROL_BODY_BYTES = 64 * 1024 * 1024;

/** KestrelServerLimits.RequestHeadersTimeout, the default of Microsoft's own web server: 30 s for the head of a request. */
export const HEADERS_TIMEOUT_MS = 30_000;

/** Node.js http documentation, server.requestTimeout: 300 s by default for a whole request. */
export const REQUEST_TIMEOUT_MS = 300_000;

/** Requests in one `$batch`: Graph page "json-batching". */
export const MAX_BATCH_REQUESTS = 20;

/** Assumption: longer than any filter seen in public code, and short enough that a hostile one costs nothing. */
export const MAX_FILTER_CHARACTERS = 8_000;
export const MAX_FILTER_DEPTH = 50;

/** Per application and tenant, Graph page "throttling-limits", Intune device configuration (names deviceComplianceDeviceStatus). */
export const QUOTA_WRITES = 100;
export const QUOTA_REQUESTS = 1000;
/** For all applications of a tenant: the same table. */
export const QUOTA_TENANT_WRITES = 200;
export const QUOTA_TENANT_REQUESTS = 2000;
export const QUOTA_WINDOW_MS = 20_000;

/** What is read and thrown away past the limit, so that the sender gets the 413 instead of a reset connection. */
export const MAX_DISCARDED_BODY_BYTES = 64 * 1024 * 1024;

/** Bounds the memory of a run that is asked for tokens without end. */
export const MAX_REMEMBERED_TOKENS = 10_000;

/** `expires_in` of an Entra ID client credentials answer: identity platform page "v2-oauth2-client-creds-grant-flow". */
export const DEFAULT_TOKEN_LIFETIME_SECONDS = 3599;

/** Longer than the idle time of common pooled clients (undici: 4 s default, 600 s at most), so that they close first. */
export const KEEP_ALIVE_TIMEOUT_MS = 620_000;

/** A little less than the 398 days beyond which Apple's systems refuse a server's certificate (support.apple.com, HT211025). */
export const CERTIFICATE_LIFETIME_MS = 397 * 86_400_000;

/** For clients in a container or virtual machine whose clock is behind. */
export const CERTIFICATE_BACKDATED_MS = 86_400_000;

/** How long close() waits for requests in flight before it ends their sockets. */
export const CLOSE_GRACE_MS = 5_000;

/** The journal drops its oldest entries beyond this, so that an emulator left running does not grow without end. */
export const MAX_JOURNAL_ENTRIES = 50_000;

/** And beyond this many bytes of bodies and addresses, whichever comes first. Assumption: enough for a test run, small beside a process. */
export const MAX_JOURNAL_BYTES = 64 * 1024 * 1024;

/** Assumption: a few hundred bodies of Intune's size, and little beside a process that was only started. */
export const JOURNAL_PAGE_BYTES = 256 * 1024;

/** Assumption: below the idle limits of common proxies (nginx proxy_read_timeout: 60 s), so that a long poll ends by its own. */
export const MAX_POLL_WAIT_MS = 30_000;

/** Assumption: rows of the emulator's page that fit a screen or two. */
export const CONTROL_PAGE_SIZE = 50;

/** Assumption: longer than any path glob somebody writes; matching takes time by its length. */
export const MAX_GLOB_LENGTH = 1_000;

/** Assumption: a day. The longest wait captured from Graph is 315 s (microsoft/terraform-provider-msgraph #118). */
export const MAX_RETRY_AFTER_SECONDS = 86_400;

/** setTimeout cannot wait longer (Node.js timers documentation). */
export const MAX_DELAY_MS = 2_147_483_647;

/** 9999-12-31T23:59:59.999Z: .NET DateTimeOffset ends there, and with it Edm.DateTimeOffset. */
export const LAST_DATE_TIME_MS = 253_402_300_799_999;

/** Edm.Int32, OData CSDL 4.0 section 4.4. */
export const INT32_MIN = -2_147_483_648;
export const INT32_MAX = 2_147_483_647;

/** Documented range of deviceComplianceActionItem.gracePeriodHours. */
export const MAX_GRACE_PERIOD_HOURS = 8760;

/** Microsoft Graph as a resource by its application id, the same in every cloud: Graph page "permissions-reference". */
const GRAPH_APPLICATION_ID = "00000003-0000-0000-c000-000000000000";

/** Graph's hosts in the global and national clouds: Graph page "deployments". */
export const GRAPH_HOSTS: readonly string[] = [
  "graph.microsoft.com",
  "graph.microsoft.us",
  "dod-graph.microsoft.us",
  "microsoftgraph.chinacloudapi.cn",
];

/** A token for one of them is taken as one for this emulator: clients ask for Graph unasked. */
export const GRAPH_AUDIENCES: ReadonlySet<string> = new Set([
  ...GRAPH_HOSTS.map((host) => `https://${host}`),
  GRAPH_APPLICATION_ID,
]);

/** Hosts of the authority in the global and national clouds: Entra page "authentication-national-cloud", and the older names MSAL knows. */
export const AUTHORITY_HOSTS: readonly string[] = [
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
  "login.chinacloudapi.cn",
  "login.microsoft.com",
  "login.windows.net",
  "sts.windows.net",
];

/** Content type of a Graph answer: the sample response of the Graph page "json-batching". */
export const GRAPH_CONTENT_TYPE =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/** Content type of a Graph error: the header dump in jseerden/IntuneBackupAndRestore pull request #82. */
export const ERROR_CONTENT_TYPE = "application/json";

/** Shape of `x-ms-ags-diagnostic`: the same header dump; the values are the emulator's. */
export const AGS_DIAGNOSTIC = JSON.stringify({
  ServerInfo: { DataCenter: "Emulator", Slice: "E", Ring: "0", ScaleUnit: "000", RoleInstance: "EMULATOR" },
});

/** The service behind Graph, as every Intune error text names it (microsoft-graph-docs pull request #21172); the release number is made up. */
export const INTUNE_SERVICE = "DeviceConfiguration_2601/StatelessDeviceConfigurationFEService";

/** Intune error texts carry a whole address of that service; `.local` can reach nobody (RFC 6762). */
export const INTUNE_ADDRESS = `https://fef.emulator.local/${INTUNE_SERVICE}`;

/** Application permissions of the compliance pages: intune-deviceconfig-devicecompliancedevicestatus-{create,get,list,update,delete}. */
export const READ_ROLE = "DeviceManagementConfiguration.Read.All";
export const READ_WRITE_ROLE = "DeviceManagementConfiguration.ReadWrite.All";

/** The same for apps and their configurations: pages intune-apps-manageddevicemobileappconfigurationdevicestatus-{create,get,list,update,delete}. */
export const APPS_READ_ROLE = "DeviceManagementApps.Read.All";
export const APPS_READ_WRITE_ROLE = "DeviceManagementApps.ReadWrite.All";

/** Intune's own groups "All devices" and "All users": many public scripts name them, and msgraph-beta-sdk-dotnet issue #118. */
export const ALL_DEVICES_GROUP_ID = "adadadad-808e-44e2-905a-0b7873a8a531";
export const ALL_USERS_GROUP_ID = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
