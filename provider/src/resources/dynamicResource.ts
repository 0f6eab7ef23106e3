import * as pulumi from "@pulumi/pulumi";

/** Handed to `super` in place of a provider; one object for all resources, since each new one costs 5 ms to serialise. */
const PLACEHOLDER: pulumi.dynamic.ResourceProvider = { create: () => Promise.resolve({ id: "" }) };

/**
 * The text that stands for the provider in state. `dynamic.Resource` would write the provider's whole code there, twice
 * for each resource, and refresh and delete would go on running that old code; this loads the installed package instead.
 * It is the same under every transpiler and package manager, and part of every state file: it is never changed.
 */
export function providerText(exportName: string): string {
  return `exports.handler=()=>require("pulumi-intune/provider").${exportName};`;
}

/** Options of a resource whose `__provider` is `text`, whatever `dynamic.Resource` puts there. */
export function withProviderText(
  text: string,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions {
  const pin: pulumi.ResourceTransformation = ({ props, opts }) => ({
    props: { ...(props as object), __provider: text },
    opts,
  });
  return pulumi.mergeOptions(opts, { transformations: [pin] });
}

/** @throws where `import` is asked for, which the Node SDK's dynamic provider process cannot do (pulumi/pulumi#3550) */
export function refuseImport(name: string, opts: pulumi.CustomResourceOptions | undefined): void {
  if (opts?.import === undefined) return;
  throw new Error(
    `${name}: a dynamic resource cannot be imported with the import option (https://github.com/pulumi/pulumi/issues/3550); ` +
      "take the option out and bring the row in with pulumi import --file, see the provider's README",
  );
}

export { PLACEHOLDER };
