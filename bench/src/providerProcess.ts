import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

const TEXT = 'exports.handler=()=>require("pulumi-intune/provider").deviceComplianceDeviceStatus;';
const URN = "urn:pulumi:bench::bench::pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus::row";
/** A folder from which `pulumi-intune` resolves. */
const FOLDER = path.resolve(__dirname, "..", "programs", "ours");
/** Nobody listens there: the process runs without an engine. */
const NO_ENGINE = "127.0.0.1:1";

/** The provider process the engine would start, without the engine: what it costs is the provider's alone. */
export interface ProviderProcess {
  /** Create one resource; resolves with its id. */
  create(inputs: Record<string, JavaScriptValue>): Promise<string>;
  stop(): Promise<void>;
}

/** `config` is the stack's configuration without the namespace `intune:`. */
export async function startProviderProcess(
  env: Readonly<Record<string, string>>,
  config: Readonly<Record<string, string>>,
): Promise<ProviderProcess> {
  const child = spawn(process.execPath, [require.resolve("@pulumi/pulumi/cmd/dynamic-provider"), NO_ENGINE], {
    cwd: FOLDER,
    env: { ...process.env, PULUMI_NODEJS_PROJECT: "bench", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const client = new ResourceProviderClient(`127.0.0.1:${await firstLine(child)}`, grpc.credentials.createInsecure());
  const args = Object.fromEntries(Object.entries(config).map(([key, value]) => [`intune:${key}`, value]));
  const configuration = new pb.ConfigureRequest().setArgs(Struct.fromJavaScript(args)).setAcceptsecrets(true);
  await call<pb.ConfigureResponse>((done) => client.configure(configuration, done));
  return {
    async create(inputs) {
      const properties = Struct.fromJavaScript({ ...inputs, __provider: TEXT });
      const request = new pb.CreateRequest().setUrn(URN).setProperties(properties);
      return (await call<pb.CreateResponse>((done) => client.create(request, done))).getId();
    },
    async stop() {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      client.close();
      child.kill();
      await exited;
    },
  };
}

function call<T>(send: (done: (error: grpc.ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, response) => {
      if (error === null) resolve(response);
      else reject(new Error(error.details));
    });
  });
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout?.on("data", (data: Buffer) => {
      out += data.toString();
      const line = /^(\d+)\n/.exec(out)?.[1];
      if (line !== undefined) resolve(line);
    });
    child.once("exit", (code) => {
      reject(new Error(`the provider process ended with ${String(code)}`));
    });
  });
}
