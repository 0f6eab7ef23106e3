import { createRequire } from "node:module";
import type { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import type { ConfiguredEntry } from "./packContext";

/** The part of a gRPC service's definition that is used here. */
interface ServiceDefinition {
  readonly AnalyzerService?: {
    readonly configure?: { requestDeserialize?: (bytes: Buffer) => ConfigureAnalyzerRequest };
  };
}

/**
 * Be told of every entry of the configuration that the engine sends. It sends those for policies that do not exist too,
 * but the SDK hands each policy its own entry alone, and keeps the rest to itself; so the reading of the request is
 * watched. It must be called before the pack is constructed. Where the SDK is built differently nothing is observed;
 * test/protocol/policypackConfig.test.ts would tell.
 * Source: `ReconcilePolicyPackConfig` in pulumi/pulumi pkg/resource/analyzer/config.go, `configure` in server.js of
 * @pulumi/policy 1.21.
 */
export function observeConfigure(onEntries: (entries: ReadonlyMap<string, ConfiguredEntry>) => void): void {
  // The copy that @pulumi/policy itself uses, which need not be the one that this package finds.
  const requireFromSdk = createRequire(require.resolve("@pulumi/policy"));
  const { AnalyzerService } = requireFromSdk("@pulumi/pulumi/proto/analyzer_grpc_pb") as ServiceDefinition;
  const method = AnalyzerService?.configure;
  const deserialize = method?.requestDeserialize;
  if (method === undefined || deserialize === undefined) return;
  method.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    onEntries(entriesOf(request));
    return request;
  };
}

function entriesOf(request: ConfigureAnalyzerRequest): ReadonlyMap<string, ConfiguredEntry> {
  const entries = new Map<string, ConfiguredEntry>();
  request.getPolicyconfigMap().forEach((entry, name) => {
    entries.set(name, { optionNames: Object.keys(entry.getProperties()?.toJavaScript() ?? {}) });
  });
  return entries;
}
