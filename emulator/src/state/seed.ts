import { randomUUID } from "node:crypto";
import { InputError } from "../inputError";
import { DEVICE_COMPLIANCE_POLICIES, DEVICE_STATUSES, pathOf, POLICIES } from "../model/collections";
import type { DeviceStatusEntity } from "../model/deviceComplianceDeviceStatus";
import type { Entity } from "../model/entityType";
import { isJsonObject } from "../model/json";
import type { JsonObject, JsonValue } from "../model/json";
import type { Staging } from "../world/staging";
import type { World } from "../world/world";
import { entityFault } from "./entityCheck";
import { readSeedPolicy } from "./seedPolicy";

/** Entities to begin with, in one document. */
export interface Seed {
  /** As they are created through Graph; `id`, `@odata.type` and scheduledActionsForRule may be left out. */
  readonly deviceCompliancePolicies?: readonly (Readonly<Record<string, JsonValue>> & {
    readonly displayName: string;
  })[];
  /** What is left out gets the service's default. The policy is named by its id or its name; a name that is not there makes one. */
  readonly deviceStatuses?: readonly (Partial<DeviceStatusEntity> & {
    readonly deviceCompliancePolicyId?: string;
    readonly policyDisplayName?: string;
  })[];
}

export interface SeedCounts {
  readonly deviceCompliancePolicies: number;
  readonly deviceStatuses: number;
}

/** One object of a seed, and where it stands there: `line 3` or `deviceStatuses[0]`. */
export interface SeedItem {
  readonly where: string;
  readonly value: JsonObject;
}
export interface SeedItems {
  readonly policies: readonly SeedItem[];
  readonly statuses: readonly SeedItem[];
}

/** How many faults an error names. Assumption: more nobody reads at once. */
const MAX_NAMED_FAULTS = 20;

/** @throws {InputError} when the document is no seed; what is wrong with its rows is found by `plant`. */
export function readSeed(value: unknown): SeedItems {
  if (!isJsonObject(value)) throw new InputError("a seed must be an object");
  const unknown = Object.keys(value).find((name) => !["deviceCompliancePolicies", "deviceStatuses"].includes(name));
  if (unknown !== undefined) {
    throw new InputError(`a seed has no property '${unknown}'; it has deviceCompliancePolicies, deviceStatuses`);
  }
  return {
    policies: itemsOf("deviceCompliancePolicies", value["deviceCompliancePolicies"] ?? []),
    statuses: itemsOf("deviceStatuses", value["deviceStatuses"] ?? []),
  };
}

function itemsOf(name: string, value: JsonValue): SeedItem[] {
  if (!Array.isArray(value)) throw new InputError(`${name} must be an array`);
  return value.map((item, index) => {
    if (!isJsonObject(item)) throw new InputError(`${name}[${index}] must be an object`);
    return { where: `${name}[${index}]`, value: item };
  });
}

/** Puts all of it into the tenant, or nothing. Entities whose ids are there already are replaced. @throws {InputError} naming every faulty row. */
export async function plant(world: World, items: SeedItems, now: string): Promise<SeedCounts> {
  const outcome = await world.transact((staging) => {
    const planting = new Planting(staging, now);
    for (const item of items.policies) planting.addPolicy(item);
    for (const item of items.statuses) planting.addStatus(item);
    return planting.finish();
  });
  if ("deviceStatuses" in outcome) return outcome;
  const { faults } = outcome;
  const named = faults.slice(0, MAX_NAMED_FAULTS).join("; ");
  const more = faults.length > MAX_NAMED_FAULTS ? `; and ${faults.length - MAX_NAMED_FAULTS} more` : "";
  throw new InputError(`nothing was written, correct these rows: ${named}${more}`);
}

/** What one seed will put, gathered before any of it is put. */
class Planting {
  private readonly faults: string[] = [];
  private readonly policies = new Map<string, Entity>();
  private readonly statuses = new Map<string, { collection: string; entity: Entity }>();
  private readonly idOfName = new Map<JsonValue, string>();

  constructor(
    private readonly staging: Staging,
    private readonly now: string,
  ) {
    for (const [collection, { id, displayName = null }] of staging.all()) {
      if (collection === DEVICE_COMPLIANCE_POLICIES && !this.idOfName.has(displayName))
        this.idOfName.set(displayName, id);
    }
  }

  addPolicy({ where, value: { id = randomUUID(), ...rest } }: SeedItem): void {
    const policy = typeof id === "string" ? readSeedPolicy(id, rest, this.now) : "property 'id' must be a string";
    const fault = typeof policy === "string" ? policy : entityFault(POLICIES, policy);
    if (typeof policy === "string" || fault !== undefined) {
      this.faults.push(`${where}: ${fault ?? ""}`);
    } else if (this.policies.has(policy.id)) {
      this.faults.push(`${where}: there is a policy with id '${policy.id}' before it`);
    } else {
      this.policies.set(policy.id, policy);
      this.idOfName.set(policy["displayName"] ?? null, policy.id);
    }
  }

  addStatus({ where, value }: SeedItem): void {
    const { deviceCompliancePolicyId, policyDisplayName, id = randomUUID(), ...given } = value;
    const policyId = this.policyIdOf(where, deviceCompliancePolicyId, policyDisplayName);
    if (policyId === undefined) return;
    const collection = pathOf(DEVICE_STATUSES, policyId);
    const entity = { ...defaults(), ...given, id: typeof id === "string" ? id : "" };
    const key = `${collection}/${entity.id}`;
    const fault = this.statuses.has(key)
      ? `there is a row with id '${entity.id}' before it`
      : entityFault(DEVICE_STATUSES, entity);
    if (fault !== undefined) this.faults.push(`${where}: ${fault}`);
    this.statuses.set(key, { collection, entity });
  }

  /** The policy of a row, made when only its name is known; undefined, and a fault, when there is none. */
  private policyIdOf(where: string, id: JsonValue | undefined, name: JsonValue | undefined): string | undefined {
    const isThere = (one: string): boolean =>
      this.policies.has(one) || this.staging.find(DEVICE_COMPLIANCE_POLICIES, one) !== undefined;
    if (typeof id === "string" && isThere(id)) return id;
    if (typeof name !== "string") {
      const told =
        id === undefined
          ? "needs deviceCompliancePolicyId or policyDisplayName"
          : `there is no policy ${JSON.stringify(id)}`;
      this.faults.push(`${where}: ${told}`);
      return undefined;
    }
    const known = id === undefined ? this.idOfName.get(name) : undefined;
    if (known !== undefined) return known;
    const made = id ?? randomUUID();
    this.addPolicy({ where, value: { id: made, displayName: name } });
    return typeof made === "string" ? made : undefined;
  }

  finish(): SeedCounts | { faults: readonly string[] } {
    if (this.faults.length > 0) return { faults: this.faults };
    for (const policy of this.policies.values()) this.staging.put(DEVICE_COMPLIANCE_POLICIES, policy);
    for (const { collection, entity } of this.statuses.values()) this.staging.put(collection, entity);
    return { deviceCompliancePolicies: this.policies.size, deviceStatuses: this.statuses.size };
  }
}

function defaults(): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(DEVICE_STATUSES.type.properties).map(([name, property]) => [name, property.default]),
  );
}
