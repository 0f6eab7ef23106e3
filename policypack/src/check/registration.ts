import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { mapEntries } from "../testing/mapEntries";
import { urnOf, type ResourceDescription, type StackDescription } from "../testing/resourceDescription";
import { UNKNOWN, type Properties } from "../testing/wireValues";
import type { SourcePosition } from "../report/report";
import { programPosition } from "./programPosition";

/** A resource as the program registered it. */
export interface Registration extends ResourceDescription {
  readonly name: string;
  readonly urn: string;
  /** Whether a provider manages it; a component has none. */
  readonly custom: boolean;
  readonly source?: SourcePosition;
}

/** @param programDir the folder whose files count as the program's own */
export function toRegistration(
  request: RegisterResourceRequest,
  stack: StackDescription,
  programDir: string,
): Registration {
  const timeouts = request.getCustomtimeouts();
  const parent = request.getParent();
  const description: ResourceDescription & { readonly name: string } = {
    type: request.getType(),
    name: request.getName(),
    props: propertiesOf(request.getObject()),
    opts: {
      protect: request.getProtect() ?? false,
      ignoreChanges: request.getIgnorechangesList(),
      ...(request.getDeletebeforereplacedefined() ? { deleteBeforeReplace: request.getDeletebeforereplace() } : {}),
      aliases: [...request.getAliasurnsList(), ...request.getAliasesList().flatMap(aliasUrn)],
      customTimeouts: {
        createSeconds: secondsOf(timeouts?.getCreate()),
        updateSeconds: secondsOf(timeouts?.getUpdate()),
        deleteSeconds: secondsOf(timeouts?.getDelete()),
      },
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      ...(parent === "" ? {} : { parent }),
    },
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      mapEntries(request.getPropertydependenciesMap()).map(([key, urns]) => [key, urns.getUrnsList()]),
    ),
  };
  const source = programPosition(request.getStacktrace()?.getFramesList() ?? [], programDir);
  const urn = urnOf(description, stack);
  return { ...description, urn, custom: request.getCustom(), ...(source === undefined ? {} : { source }) };
}

/** The URN of a resource that the program only reads. */
export function readUrnOf(request: ReadResourceRequest, stack: StackDescription): string {
  const parent = request.getParent();
  const opts = parent === "" ? {} : { parent };
  return urnOf({ type: request.getType(), name: request.getName(), props: {}, opts }, stack);
}

/**
 * The properties of a message. An encrypted configuration value reaches the program as the sentinel text, and may have
 * been made part of a longer one, of which then nothing is known either.
 */
export const propertiesOf = (message: Struct | undefined): Properties =>
  blurred(message?.toJavaScript() ?? {}) as Properties;

function blurred(value: unknown): unknown {
  if (typeof value === "string") return value.includes(UNKNOWN) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(blurred);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, blurred(inner)]));
}

const aliasUrn = (alias: Alias): readonly string[] => (alias.getUrn() === "" ? [] : [alias.getUrn()]);

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** A Go duration such as `1h30m` in seconds; 0 if there is none. */
function secondsOf(duration = ""): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (SECONDS[unit] ?? 0), 0);
}
