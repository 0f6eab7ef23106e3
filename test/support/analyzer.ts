import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  EnforcementLevel,
  PolicySeverity,
  type AnalyzeResponse,
  type AnalyzerInfo,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import {
  analyzeRequest,
  configureRequest,
  reconcile,
  stackRequest,
  type Configuration,
  type Level,
  type PolicyInfo,
  type Properties,
  type Resource,
} from "./analyzerRequests";

export type { Properties };

/** Stands for any value that preview cannot know. Source: `runtime.unknownValue` of @pulumi/pulumi. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A secret as it travels to a policy pack. Source: `specialSigKey` and `specialSecretSig` of @pulumi/pulumi. */
export const secret = (value: JavaScriptValue): JavaScriptValue => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

interface Diagnostic {
  readonly policy: string;
  readonly level: Level;
  readonly severity: string;
  /** The policy's description, a line break, and the finding: what the CLI prints. */
  readonly message: string;
  /** The resource it is about, where a stack policy names one. */
  readonly urn: string;
}

interface Remediation {
  readonly policy: string;
  readonly properties: Properties;
}

interface Analysis {
  readonly diagnostics: readonly Diagnostic[];
  /** The policies that had nothing to do with the resource. */
  readonly notApplicable: readonly string[];
}

export interface Analyzer {
  readonly bootMs: number;
  info(): Promise<{ readonly name: string; readonly version: string; readonly policies: readonly PolicyInfo[] }>;
  /** Per policy its options and, always, a level: proto3 reads a missing level as advisory. */
  configure(config: Configuration): Promise<void>;
  /**
   * Configure as the engine does with a `--policy-pack-config` file: each policy's level and defaults, then the level of
   * `all`, then the file's entries, those for policies that do not exist among them.
   * Source: `ReconcilePolicyPackConfig` in pkg/resource/analyzer/config.go of pulumi/pulumi 3.248.
   */
  configureWith(file: Readonly<Record<string, unknown>>): Promise<void>;
  analyze(type: string, name: string, props: Properties): Promise<Analysis>;
  remediate(type: string, name: string, props: Properties): Promise<readonly Remediation[]>;
  analyzeStack(resources: readonly Resource[]): Promise<Analysis>;
  /** All that the process wrote besides its port, on either stream. */
  output(): string;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;

/**
 * Start a policy pack in the process in which the engine runs it, and speak the engine's part of the protocol.
 * Source: sdk/go/common/resource/plugin/analyzer_plugin.go of pulumi/pulumi 3.248.
 */
export async function startAnalyzer(
  packDir: string,
  {
    env = {},
    isPreview = true,
    stackConfig = {},
  }: {
    readonly env?: Readonly<Record<string, string>>;
    readonly isPreview?: boolean;
    readonly stackConfig?: Readonly<Record<string, string>>;
  } = {},
): Promise<Analyzer> {
  const startedAt = performance.now();
  const entry = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [packDir] });
  // The pack is given the engine's address but never dials it.
  const child = spawn(process.execPath, [entry, "127.0.0.1:1", packDir], {
    cwd: packDir,
    env: {
      ...process.env,
      ...stackEnvironment,
      PULUMI_NODEJS_DRY_RUN: String(isPreview),
      PULUMI_CONFIG: JSON.stringify(stackConfig),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = once(child, "exit");
  const { port, output } = await readPort(child).catch(async (error: unknown) => {
    child.kill("SIGKILL");
    await gone;
    throw error;
  });
  const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const info = async () => toInfo(await answer<AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done)));
  const configure: Analyzer["configure"] = async (config) => {
    await answer<unknown>((done) => client.configure(configureRequest(config), done));
  };
  return {
    bootMs: performance.now() - startedAt,
    output,
    info,
    configure,
    configureWith: async (file) => configure(reconcile((await info()).policies, file)),
    analyze: async (type, name, props) =>
      toAnalysis(await answer((done) => client.analyze(analyzeRequest(type, name, props), done))),
    remediate: async (type, name, props) =>
      toRemediations(await answer((done) => client.remediate(analyzeRequest(type, name, props), done))),
    analyzeStack: async (resources) =>
      toAnalysis(await answer((done) => client.analyzeStack(stackRequest(resources), done))),
    async stop() {
      client.close();
      child.kill();
      await gone;
    },
  };
}

const stackEnvironment = {
  PULUMI_NODEJS_ORGANIZATION: "organization",
  PULUMI_NODEJS_PROJECT: "project",
  PULUMI_NODEJS_STACK: "dev",
};

/** The engine scans the first line of stdout for the port; anything else there ends the start. */
async function readPort(child: ChildProcessByStdio<null, Readable, Readable>) {
  let [stdout, stderr] = ["", ""];
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const port = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`the policy pack printed no port within ${START_TIMEOUT_MS} ms: ${stderr}`));
    }, START_TIMEOUT_MS);
    child.on("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the policy pack ended with ${String(code)}: ${stdout}${stderr}`));
    });
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      if (!stdout.includes("\n")) return;
      clearTimeout(timer);
      const first = /^(\d+)\n/.exec(stdout)?.[1];
      if (first === undefined) reject(new Error(`the policy pack's first line is no port: ${stdout}`));
      else resolve(first);
    });
  });
  return { port, output: () => stdout.replace(`${port}\n`, "") + stderr };
}

function answer<T>(call: (done: (error: ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}

const nameOf = (members: object, value: number): string =>
  Object.entries(members)
    .find(([, member]) => member === value)?.[0]
    .toLowerCase() ?? `number ${value}`;
const levelOf = (level: number) => nameOf(EnforcementLevel, level) as Level;
const severityOf = (severity: number) => nameOf(PolicySeverity, severity).replace("policy_severity_", "");

function toAnalysis(response: AnalyzeResponse): Analysis {
  return {
    diagnostics: response.getDiagnosticsList().map((diagnostic) => ({
      policy: diagnostic.getPolicyname(),
      level: levelOf(diagnostic.getEnforcementlevel()),
      severity: severityOf(diagnostic.getSeverity()),
      message: diagnostic.getMessage(),
      urn: diagnostic.getUrn(),
    })),
    notApplicable: response.getNotApplicableList().map((entry) => entry.getPolicyName()),
  };
}

const toRemediations = (response: RemediateResponse): readonly Remediation[] =>
  response.getRemediationsList().map((remediation) => ({
    policy: remediation.getPolicyname(),
    properties: remediation.getProperties()?.toJavaScript() ?? {},
  }));

function toInfo(info: AnalyzerInfo) {
  return {
    name: info.getName(),
    version: info.getVersion(),
    policies: info.getPoliciesList().map((policy) => ({
      name: policy.getName(),
      level: levelOf(policy.getEnforcementlevel()),
      severity: severityOf(policy.getSeverity()),
      schemaProperties: policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {},
    })),
  };
}
