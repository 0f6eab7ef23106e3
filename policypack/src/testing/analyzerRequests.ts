import {
  AnalyzeRequest,
  AnalyzerProviderResource,
  AnalyzerPropertyDependencies,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Level } from "./engineConfig";
import {
  dependencyUrn,
  nameOf,
  optionsOf,
  urnOf,
  type ResourceDescription,
  type StackDescription,
} from "./resourceDescription";
import { withoutInternalKeys, type Properties } from "./wireValues";

/** Policies that judge see no internal keys; those that remediate do, and must keep them. */
export const analyzeRequest = (resource: ResourceDescription, stack: StackDescription): AnalyzeRequest =>
  fill(new AnalyzeRequest(), { ...resource, props: withoutInternalKeys(resource.props) }, stack);

export const remediateRequest = (resource: ResourceDescription, stack: StackDescription): AnalyzeRequest =>
  fill(new AnalyzeRequest(), resource, stack);

export function analyzeStackRequest(
  resources: readonly ResourceDescription[],
  stack: StackDescription,
): AnalyzeStackRequest {
  const urns = (references: readonly string[]) =>
    references.map((reference) => dependencyUrn(reference, resources, stack));
  const messages = resources.map((resource) => {
    const { props, opts, dependencies = [], propertyDependencies = {} } = resource;
    const message = fill(new AnalyzerResource(), { ...resource, props: withoutInternalKeys(props) }, stack);
    message.setParent(opts?.parent ?? "").setDependenciesList(urns(dependencies));
    for (const [property, references] of Object.entries(propertyDependencies))
      message
        .getPropertydependenciesMap()
        .set(property, new AnalyzerPropertyDependencies().setUrnsList(urns(references)));
    return message;
  });
  return new AnalyzeStackRequest().setResourcesList(messages);
}

function fill<T extends AnalyzeRequest | AnalyzerResource>(
  message: T,
  resource: ResourceDescription,
  stack: StackDescription,
): T {
  message.setType(resource.type);
  message.setName(nameOf(resource));
  message.setUrn(urnOf(resource, stack));
  // Never left out: the SDK takes a request without options for that of an old CLI, and refuses it.
  message.setOptions(optionsMessage(resource));
  message.setProperties(struct(resource.props));
  if (resource.provider === undefined) return message;
  const { type, name, urn, props } = resource.provider;
  const provider = new AnalyzerProviderResource().setType(type).setName(name).setUrn(urn);
  message.setProvider(provider.setProperties(struct(props)));
  return message;
}

function optionsMessage(resource: ResourceDescription): AnalyzerResourceOptions {
  const options = optionsOf(resource);
  const timeouts = new AnalyzerResourceOptions.CustomTimeouts()
    .setCreate(options.customTimeouts.createSeconds)
    .setUpdate(options.customTimeouts.updateSeconds)
    .setDelete(options.customTimeouts.deleteSeconds);
  return new AnalyzerResourceOptions()
    .setProtect(options.protect)
    .setIgnorechangesList(options.ignoreChanges)
    .setDeletebeforereplace(options.deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined)
    .setAdditionalsecretoutputsList(options.additionalSecretOutputs)
    .setAliasesList(options.aliases)
    .setParent(options.parent ?? "")
    .setCustomtimeouts(timeouts);
}

export function configureRequest(
  config: Readonly<Record<string, { readonly level: Level; readonly options?: Readonly<Record<string, unknown>> }>>,
): ConfigureAnalyzerRequest {
  const request = new ConfigureAnalyzerRequest();
  for (const [policy, { level, options = {} }] of Object.entries(config)) {
    const entry = new PolicyConfig().setEnforcementlevel(EnforcementLevel[level.toUpperCase() as Uppercase<Level>]);
    request.getPolicyconfigMap().set(policy, entry.setProperties(struct(options as Properties)));
  }
  return request;
}

export function stackConfigureRequest(
  { organization, project, stack }: Required<StackDescription>,
  dryRun: boolean,
  tags: Readonly<Record<string, string>>,
): AnalyzerStackConfigureRequest {
  const request = new AnalyzerStackConfigureRequest()
    .setOrganization(organization)
    .setProject(project)
    .setStack(stack)
    .setDryRun(dryRun);
  for (const [name, value] of Object.entries(tags)) request.getTagsMap().set(name, value);
  return request;
}

const struct = (values: Properties): Struct => Struct.fromJavaScript(values);
