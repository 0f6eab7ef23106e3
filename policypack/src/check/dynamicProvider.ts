import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckRequest, ConfigureRequest, type CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { CheckFailure } from "../report/checkFailure";
import { startServing } from "../testing/childPort";
import type { ResourceDescription } from "../testing/resourceDescription";
import { unaryCall } from "../testing/unaryCall";
import { pulumiScript } from "./pulumiScript";
import { holdsSecret, secret, withoutSecrets, type Properties } from "../testing/wireValues";

/** Which resources a dynamic provider manages; all others have a plugin, which does not run here. */
export const isDynamic = (type: string): boolean => /^pulumi-nodejs:dynamic[/:]/.test(type);

/** The process that serves the dynamic providers of a program. */
export interface DynamicProvider {
  check(
    resource: ResourceDescription & { readonly urn: string; readonly name: string },
  ): Promise<{ readonly inputs: Properties; readonly failures: readonly CheckFailure[] }>;
  stop(): Promise<void>;
}

/**
 * Start it in the program's folder, with the stack's known configuration.
 *
 * Source: sdk/nodejs/cmd/dynamic-provider, and provider_plugin.go of pulumi/pulumi for what the engine does around it.
 */
export async function startDynamicProvider(
  programDir: string,
  project: string,
  config: Readonly<Record<string, string>>,
): Promise<DynamicProvider> {
  const entry = pulumiScript("dynamic-provider", programDir);
  // The provider is given the engine's address, and needs none to check.
  const child = await startServing("the dynamic provider", [entry, "127.0.0.1:1"], {
    cwd: programDir,
    env: { ...process.env, PULUMI_NODEJS_PROJECT: project, PULUMI_NODEJS_DRY_RUN: "true" },
  });
  const client = new ResourceProviderClient(child.address, credentials.createInsecure());
  const configure = new ConfigureRequest().setArgs(Struct.fromJavaScript(config)).setAcceptsecrets(true);
  await unaryCall((done) => client.configure(configure, done));
  return {
    async check({ urn, type, name, props }) {
      // Dynamic providers take no secrets: the engine sends them plain, and marks the keys again in what comes back.
      const news = withoutSecrets(props) as Properties;
      const request = new CheckRequest().setUrn(urn).setName(name).setType(type);
      request.setOlds(new Struct()).setNews(Struct.fromJavaScript(news));
      const response = await unaryCall<CheckResponse>((done) => client.check(request, done));
      const failures = response
        .getFailuresList()
        .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
      return { inputs: markSecrets(response.getInputs()?.toJavaScript() ?? news, props), failures };
    },
    stop() {
      client.close();
      return child.stop();
    },
  };
}

function markSecrets(checked: Properties, registered: Properties): Properties {
  const marked = Object.entries(checked).map(([key, value]) => {
    const original = registered[key];
    return [key, original !== undefined && holdsSecret(original) ? secret(value) : value] as const;
  });
  return Object.fromEntries(marked);
}
