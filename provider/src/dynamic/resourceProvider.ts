import type * as pulumi from "@pulumi/pulumi";
import { Claims } from "../graph/claims";
import type { GraphClient } from "../graph/client";
import { EntitySet } from "../graph/entitySet";
import { check } from "../lifecycle/check";
import { diff } from "../lifecycle/diff";
import { type Lifecycle, lifecycleOf } from "../lifecycle/lifecycle";
import type { EntityDescriptor } from "../model/entityDescriptor";
import { createError, plainError } from "./plainError";
import { configure, graphClient } from "./session";

type Bag = Record<string, unknown>;

/**
 * The dynamic provider of one entity: what the provider process calls. `olds` are outputs, `news` are inputs.
 * Every value in a result is JSON; `__provider` is added to outputs by the server.
 */
export function resourceProvider(descriptor: EntityDescriptor): Required<
  Omit<pulumi.dynamic.ResourceProvider<Bag, Bag>, "configure">
> & {
  configure(request: pulumi.dynamic.ConfigureRequest): Promise<void>;
} {
  // Kept from the first diff on, which comes before there is a client: a row that some resource has is nobody else's.
  const claims = new Claims();
  let made: { readonly client: GraphClient; readonly lifecycle: Lifecycle } | undefined;
  const lifecycle = (): Lifecycle => {
    const client = graphClient();
    if (made?.client !== client) {
      const entities = new EntitySet(descriptor, client, claims, { adopt: client.adopt });
      made = { client, lifecycle: lifecycleOf(descriptor, entities) };
    }
    return made.lifecycle;
  };
  /** What a method that has an id runs: the id is some resource's, and errors leave plain. */
  const withRow = <T>(id: string, operation: () => T | Promise<T>): Promise<T> => {
    claims.claim(id);
    return settle(operation);
  };
  return {
    configure: (request) =>
      settle(() => {
        configure(request.config);
      }),
    check: (_olds, news) => settle(() => ({ inputs: news, failures: check(descriptor, news) })),
    diff: (id, olds, news) => withRow(id, () => diff(descriptor, olds, news)),
    create: async (inputs) => {
      try {
        return await lifecycle().create(inputs);
      } catch (error) {
        throw createError(error, inputs);
      }
    },
    read: (id, props = {}) =>
      withRow(id, async () => {
        const outs = await lifecycle().read(id, props);
        // Empty: gone. The inputs become the baseline of the next diff, so that the engine shows drift as what it is.
        return outs === undefined ? {} : { id, props: outs, inputs: outs };
      }),
    update: (id, olds, news) => withRow(id, async () => ({ outs: await lifecycle().update(id, olds, news) })),
    delete: (id, props) => withRow(id, () => lifecycle().delete(id, props)),
  };
}

async function settle<T>(operation: () => T | Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw plainError(error);
  }
}
