import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

export const PROVIDER_TEXT = 'exports.handler=()=>require("pulumi-intune/provider").deviceComplianceDeviceStatus;';
const URN = "urn:pulumi:test::test::pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus::row";

type Bag = Record<string, unknown>;

/** A resource that exists but is not complete, as the engine would record it. */
export class InitFailed extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly properties: Bag,
    readonly reasons: string[],
  ) {
    super(message);
  }
}

/** The real provider process of `@pulumi/pulumi`, driven over gRPC the way the engine drives it. */
export interface ProviderProcess {
  readonly stderr: () => string;
  check(news: Bag, olds?: Bag): Promise<{ inputs: Bag; failures: { property: string; reason: string }[] }>;
  diff(id: string, olds: Bag, news: Bag): Promise<{ changes: "unknown" | "none" | "some"; replaces: string[] }>;
  /** @throws {InitFailed} */
  create(inputs: Bag): Promise<{ id: string; outs: Bag }>;
  /** `id` is empty if the row is gone. */
  read(id: string, props: Bag): Promise<{ id: string; props: Bag; inputs: Bag | undefined }>;
  update(id: string, olds: Bag, news: Bag): Promise<{ outs: Bag }>;
  delete(id: string, props: Bag): Promise<void>;
  /** Settles when the process has ended. */
  readonly exited: Promise<unknown>;
  /** SIGTERM, and wait for the end. */
  stop(): Promise<void>;
}

/** Start it in a folder from which `pulumi-intune` resolves, with the stack's configuration. */
export async function startProviderProcess(
  config: Record<string, string> = {},
  env: Record<string, string> = {},
  engineAddress = "127.0.0.1:1",
): Promise<ProviderProcess> {
  const child = spawn(process.execPath, [require.resolve("@pulumi/pulumi/cmd/dynamic-provider"), engineAddress], {
    cwd: path.resolve(__dirname, "../../examples/quickstart"),
    env: { ...withoutCredentials(process.env), PULUMI_NODEJS_PROJECT: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const port = await firstLine(child, () => stderr);
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  await call((done) => client.configure(configureRequest(config), done));
  return { stderr: () => stderr, exited, ...operations(client), stop: () => stop(child, client) };
}

function operations(client: ResourceProviderClient): Omit<ProviderProcess, "stop" | "stderr" | "exited"> {
  return {
    async check(news, olds = {}) {
      const request = new pb.CheckRequest()
        .setUrn(URN)
        .setOlds(struct(olds))
        .setNews(struct(withText(news)));
      const response = await call<pb.CheckResponse>((done) => client.check(request, done));
      const failures = response
        .getFailuresList()
        .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
      return { inputs: bag(response.getInputs()), failures };
    },
    async diff(id, olds, news) {
      const request = new pb.DiffRequest()
        .setUrn(URN)
        .setId(id)
        .setOlds(struct(withText(olds)))
        .setNews(struct(withText(news)));
      const response = await call<pb.DiffResponse>((done) => client.diff(request, done));
      return {
        changes: (["unknown", "none", "some"] as const)[response.getChanges()],
        replaces: response.getReplacesList(),
      };
    },
    async create(inputs) {
      const request = new pb.CreateRequest().setUrn(URN).setProperties(struct(withText(inputs)));
      const response = await call<pb.CreateResponse>((done) => client.create(request, done));
      return { id: response.getId(), outs: bag(response.getProperties()) };
    },
    async read(id, props) {
      const request = new pb.ReadRequest()
        .setUrn(URN)
        .setId(id)
        .setProperties(struct(withText(props)));
      const response = await call<pb.ReadResponse>((done) => client.read(request, done));
      const inputs = response.getInputs();
      return { id: response.getId(), props: bag(response.getProperties()), inputs: inputs && bag(inputs) };
    },
    async update(id, olds, news) {
      const request = new pb.UpdateRequest()
        .setUrn(URN)
        .setId(id)
        .setOlds(struct(withText(olds)))
        .setNews(struct(withText(news)));
      const response = await call<pb.UpdateResponse>((done) => client.update(request, done));
      return { outs: bag(response.getProperties()) };
    },
    async delete(id, props) {
      const request = new pb.DeleteRequest()
        .setUrn(URN)
        .setId(id)
        .setProperties(struct(withText(props)));
      await call<Empty>((done) => client.delete(request, done));
    },
  };
}

const withText = (values: Bag): Bag => ({ __provider: PROVIDER_TEXT, ...values });
const struct = (values: Bag): Struct => Struct.fromJavaScript(values as Record<string, JavaScriptValue>);
const bag = (properties: Struct | undefined): Bag => properties?.toJavaScript() ?? {};

function configureRequest(config: Record<string, string>): pb.ConfigureRequest {
  const args = Object.fromEntries(Object.entries(config).map(([key, value]) => [`intune:${key}`, value]));
  return new pb.ConfigureRequest().setArgs(struct(args)).setAcceptsecrets(true);
}

function call<T>(send: (done: (error: grpc.ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, response) => {
      if (error === null) resolve(response);
      else reject(initFailed(error) ?? new Error(error.details));
    });
  });
}

function initFailed(error: grpc.ServiceError): InitFailed | undefined {
  const details = error.metadata.get("grpc-status-details-bin")[0];
  if (!Buffer.isBuffer(details)) return undefined;
  const any = Status.deserializeBinary(details).getDetailsList()[0];
  if (any === undefined) return undefined;
  const failed = pb.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
  return new InitFailed(error.details, failed.getId(), bag(failed.getProperties()), failed.getReasonsList());
}

function firstLine(child: ChildProcess, stderr: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout?.on("data", (data: Buffer) => {
      out += data.toString();
      const line = /^(\d+)\n/.exec(out)?.[1];
      if (line !== undefined) resolve(line);
    });
    child.once("exit", (code) => {
      reject(new Error(`the provider process ended with ${String(code)}: ${stderr()}`));
    });
  });
}

async function stop(child: ChildProcess, client: ResourceProviderClient): Promise<void> {
  client.close();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await exited;
}

function withoutCredentials(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(INTUNE|ARM|AZURE|PULUMI|IDENTITY|MSI|ACTIONS_ID_TOKEN|SYSTEM)_/.test(name),
    ),
  );
}
