import { Server, ServerCredentials, status, type handleUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
  type LogRequest,
} from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  ReadResourceResponse,
  RegisterResourceResponse,
  SupportsFeatureResponse,
  type ReadResourceRequest,
  type RegisterResourceRequest,
  type SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../testing/wireValues";

/** What the program under check hears from its engine. */
export interface MonitorHandlers {
  /** The resource's URN, and its properties as preview knows them. What is missing there is unknown to the program. */
  register(request: RegisterResourceRequest): Promise<{ readonly urn: string; readonly props: Properties }>;
  /** The URN of a resource that the program reads; its state is not known here. */
  read(request: ReadResourceRequest): string;
  /** A line that the program logged, at `info`, `warning` or `error`. */
  readonly log: (severity: "info" | "warning" | "error", message: string) => void;
}

export interface Monitor {
  readonly address: string;
  close(): void;
}

/** What the SDK may ask of this monitor. Transforms and parameterized packages would need a whole engine. */
const FEATURES = [
  "secrets",
  "resourceReferences",
  "deletedWith",
  "replaceWith",
  "aliasSpecs",
  "resourceHooks",
  "errorHooks",
];

/** Serve the resource monitor and the engine's log to a program, on loopback. */
export async function startMonitor(handlers: MonitorHandlers): Promise<Monitor> {
  const server = new Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(ResourceMonitorService, monitorCalls(handlers));
  server.addService(EngineService, engineCalls(handlers));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    close: () => {
      server.forceShutdown();
    },
  };
}

function monitorCalls(handlers: MonitorHandlers) {
  const nothing = answering(() => new Empty());
  return {
    supportsFeature: answering((request: SupportsFeatureRequest) =>
      new SupportsFeatureResponse().setHassupport(FEATURES.includes(request.getId())),
    ),
    registerResource: answering(async (request: RegisterResourceRequest) => {
      const { urn, props } = await handlers.register(request);
      const response = new RegisterResourceResponse().setUrn(urn).setId(request.getImportid());
      return response.setObject(Struct.fromJavaScript(props));
    }),
    readResource: answering((request: ReadResourceRequest) =>
      new ReadResourceResponse().setUrn(handlers.read(request)).setProperties(request.getProperties()),
    ),
    registerResourceOutputs: nothing,
    // Hooks run around changes, of which there are none.
    registerResourceHook: nothing,
    registerErrorHook: nothing,
    signalAndWaitForShutdown: nothing,
    invoke: refusing("call provider functions"),
    call: refusing("call methods of remote components"),
    registerStackTransform: refusing("register stack transforms"),
    registerStackInvokeTransform: refusing("register invoke transforms"),
    registerPackage: refusing("use parameterized packages"),
    getDeploymentInfo: refusing("read the deployment"),
  };
}

function engineCalls({ log }: MonitorHandlers) {
  let rootUrn = "";
  const severities = new Map([
    [LogSeverity.INFO, "info"],
    [LogSeverity.WARNING, "warning"],
    [LogSeverity.ERROR, "error"],
  ] as const);
  return {
    log: answering((request: LogRequest) => {
      const severity = severities.get(request.getSeverity() as LogSeverity.INFO);
      if (severity !== undefined) log(severity, request.getMessage());
      return new Empty();
    }),
    getRootResource: answering(() => new GetRootResourceResponse().setUrn(rootUrn)),
    setRootResource: answering((request: { getUrn(): string }) => {
      rootUrn = request.getUrn();
      return new SetRootResourceResponse();
    }),
    startDebugging: answering(() => new Empty()),
    requirePulumiVersion: answering(() => new RequirePulumiVersionResponse()),
  };
}

function answering<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, done) => {
    void settle(async () => answer(call.request), done);
  };
}

async function settle<Response>(run: () => Promise<Response>, done: sendUnaryData<Response>): Promise<void> {
  try {
    done(null, await run());
  } catch (error) {
    done({ code: status.INTERNAL, details: error instanceof Error ? error.message : String(error) });
  }
}

function refusing(what: string): handleUnaryCall<unknown, unknown> {
  const details = `intune-policy check cannot ${what}, as it runs no provider plugins: use pulumi preview`;
  return (_call, done) => {
    done({ code: status.FAILED_PRECONDITION, details });
  };
}
