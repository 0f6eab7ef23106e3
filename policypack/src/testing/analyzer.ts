import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import {
  toAnalysis,
  toPackInfo,
  toRemediations,
  type Analysis,
  type PackInfo,
  type Remediation,
} from "./analyzerAnswers";
import {
  analyzeRequest,
  analyzeStackRequest,
  configureRequest,
  remediateRequest,
  stackConfigureRequest,
} from "./analyzerRequests";
import { startServing } from "./childPort";
import { engineConfig, type Level, type PackConfig } from "./engineConfig";
import { DEFAULT_STACK, type ResourceDescription, type StackDescription } from "./resourceDescription";
import { unaryCall } from "./unaryCall";

export interface AnalyzerOptions extends StackDescription {
  /** Whether the run is a preview; it is unless said otherwise. */
  readonly dryRun?: boolean;
  /** The stack's configuration in clear text, by `namespace:key`; packs see all of it. */
  readonly config?: Readonly<Record<string, string>>;
  readonly stackTags?: Readonly<Record<string, string>>;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A policy pack in the process in which the engine runs it. */
export interface Analyzer {
  /** From the start of the process to its port. */
  readonly bootMs: number;
  info(): Promise<PackInfo>;
  /** Per policy its options and, always, a level: the wire reads a missing level as advisory. See `engineConfig`. */
  configure(
    config: Readonly<Record<string, { readonly level: Level; readonly options?: Readonly<Record<string, unknown>> }>>,
  ): Promise<void>;
  /** Configure as the engine does with the content of a `--policy-pack-config` file. */
  configureWith(file: PackConfig): Promise<void>;
  /** The findings of the resource policies. Rejects if one of them throws, which would end the engine's run. */
  analyze(resource: ResourceDescription): Promise<Analysis>;
  /** What the policies at the level `remediate` make of the inputs, in order. */
  remediate(resource: ResourceDescription): Promise<readonly Remediation[]>;
  /** The findings of the stack policies. */
  analyzeStack(resources: readonly ResourceDescription[]): Promise<Analysis>;
  /** All that the process wrote besides its port, on either stream. */
  readonly output: () => string;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** As the SDK's own server allows: a stack of thousands of resources is one request. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/**
 * Start a policy pack in the process in which the engine runs it, and speak the engine's part of the protocol. The pack
 * may be anyone's. Nothing but the pack's own folder and the packages it resolves is needed.
 *
 * Source: sdk/go/common/resource/plugin/analyzer_plugin.go of pulumi/pulumi 3.248.
 * @throws {Error} if the pack does not start; its output is part of the message
 */
export async function startAnalyzer(packDir: string, options: AnalyzerOptions = {}): Promise<Analyzer> {
  const { dryRun = true, config = {}, stackTags = {}, env = {}, ...named } = options;
  const stack = { ...DEFAULT_STACK, ...named };
  const folder = realpathSync(packDir);
  const startedAt = performance.now();
  const entry = createRequire(path.join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  // The pack is given the engine's address but never dials it.
  const child = await startServing(`the policy pack in ${packDir}`, [entry, "127.0.0.1:1", folder], {
    cwd: folder,
    env: {
      ...process.env,
      PULUMI_NODEJS_ORGANIZATION: stack.organization,
      PULUMI_NODEJS_PROJECT: stack.project,
      PULUMI_NODEJS_STACK: stack.stack,
      PULUMI_NODEJS_DRY_RUN: String(dryRun),
      PULUMI_CONFIG: JSON.stringify(config),
      ...env,
    },
  });
  const bootMs = performance.now() - startedAt;
  const limits = { "grpc.max_receive_message_length": MAX_MESSAGE_BYTES };
  const client = new AnalyzerClient(child.address, credentials.createInsecure(), limits);
  await unaryCall((done) => client.configureStack(stackConfigureRequest(stack, dryRun, stackTags), done));
  return {
    bootMs,
    ...operations(client, stack),
    output: child.output,
    stop() {
      client.close();
      return child.stop();
    },
  };
}

function operations(client: AnalyzerClient, stack: StackDescription): Omit<Analyzer, "bootMs" | "output" | "stop"> {
  const info = async () =>
    toPackInfo(await unaryCall<AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done)));
  const configure: Analyzer["configure"] = async (config) => {
    await unaryCall<unknown>((done) => client.configure(configureRequest(config), done));
  };
  return {
    info,
    configure,
    configureWith: async (file) => configure(engineConfig(await info(), file)),
    analyze: async (resource) =>
      toAnalysis(await unaryCall((done) => client.analyze(analyzeRequest(resource, stack), done))),
    remediate: async (resource) =>
      toRemediations(await unaryCall((done) => client.remediate(remediateRequest(resource, stack), done))),
    analyzeStack: async (resources) =>
      toAnalysis(await unaryCall((done) => client.analyzeStack(analyzeStackRequest(resources, stack), done))),
  };
}
