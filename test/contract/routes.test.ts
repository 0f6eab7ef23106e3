import { at } from "../unit/emulator/support/graphClient";
import type { GraphResponse, Json } from "../unit/emulator/support/graphClient";
import { Contract, expectRefused, policyBody, smallestOf } from "./support/contract";
import { OPERATIONS_NOT_SERVED, NOT_SERVED } from "./support/differences";
import { observed, routes, schema, VERSIONS } from "./support/facts";
import type { RouteFact, Version } from "./support/facts";
import { isServed, rowCollections } from "./support/routes";

const POLICIES = "/deviceManagement/deviceCompliancePolicies";
const served = routes.filter(isServed);
const inVersions = (of: readonly RouteFact[]): { version: Version; path: string; select: boolean }[] =>
  of.flatMap(({ path, versions, select }) =>
    versions.map((version) => ({ version, path, select: select.includes(version) })),
  );

let contract: Contract;
/** Path of a route → path with the keys of what beforeAll has made. */
const addresses = new Map<string, string>();

beforeAll(async () => {
  contract = await Contract.start();
  const { client } = contract;
  for (const { route, version, typeName } of rowCollections()) {
    const { status } = await client.call("POST", await contract.pathOf(version, route), smallestOf(typeName, version));
    expect([route, status]).toEqual([route, 201]);
  }
  for (const version of VERSIONS) {
    const { body } = await client.call("GET", `/${version}${POLICIES}`);
    for (const policy of at(body, "value") as Json[]) {
      const { status } = await client.call("POST", `/${version}${POLICIES}/${at(policy, "id") as string}/assign`, {
        assignments: [{ target: { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" } }],
      });
      expect(status).toBe(200);
    }
    for (const { path } of served.filter(({ versions }) => versions.includes(version))) {
      addresses.set(`${version}${path}`, await fillKeys(version, path));
    }
  }
});
afterAll(() => contract.stop());

/** Keys of containers as `pathOf` has them; each other key is that of the first entity in the collection before it. */
async function fillKeys(version: Version, path: string): Promise<string> {
  const [, ...segments] = path.split("/");
  let filled = `/${version}`;
  for (const [index, segment] of segments.entries()) {
    const key = segment.startsWith("{") ? segment.slice(1, -1) : undefined;
    const container = index < segments.length - 1 && key !== undefined ? contract.containerOf(filled, key) : undefined;
    filled += `/${key === undefined ? segment : await (container ?? firstKey(filled))}`;
  }
  return filled;
}

async function firstKey(collection: string): Promise<string> {
  const { body } = await contract.client.call("GET", collection);
  const id = at(body, "value", 0, "id");
  if (typeof id !== "string") throw new Error(`${collection} holds nothing: ${JSON.stringify(body)}`);
  return id;
}

const ask = (version: Version, path: string, options = ""): Promise<GraphResponse> =>
  contract.client.call("GET", `${addresses.get(`${version}${path}`) ?? ""}${options}`);

test("of 57 routes, those of the family are served, and each line of the differences is about some", () => {
  expect([routes.length, served.length]).toEqual([57, 52]);
  for (const route of NOT_SERVED) expect(routes.some(({ path }) => route.test(path))).toBe(true);
});

describe.each(inVersions(served))("$version $path", ({ version, path, select }) => {
  test("is answered, with keys as segments and in parentheses", async () => {
    const address = addresses.get(`${version}${path}`) ?? "";
    const parenthesised = address.replace(/\/([0-9a-f-]{36}(?:_[0-9a-f-]+)*)(?=\/|$)/g, "('$1')");
    for (const spelling of new Set([address, parenthesised])) {
      const { status, body } = await contract.client.call("GET", spelling);
      expect([spelling, status]).toEqual([spelling, 200]);
      if (path.endsWith("/$count")) expect(body).toBeGreaterThanOrEqual(1);
      else if (path.endsWith("}")) expect(at(body, "id")).toBe(address.split("/").at(-1));
      else if (path.endsWith("Overview")) expect(typeof at(body, "id")).toBe("string");
      else expect((at(body, "value") as Json[]).length).toBeGreaterThanOrEqual(1);
    }
    expect(parenthesised.includes("('")).toBe(path.includes("{"));
  });

  test(select ? "takes $select" : "is a plain number, which takes no $select", async () => {
    const { status, headers, body } = await ask(version, path, select ? "?$select=id" : "");
    expect(status).toBe(200);
    if (!select) {
      expect([headers["content-type"], typeof body]).toEqual([expect.stringMatching(/^text\/plain/), "number"]);
      return;
    }
    const entity = Array.isArray(at(body, "value")) ? at(body, "value", 0) : body;
    expect(Object.keys(entity as object).filter((name) => !name.includes("@"))).toEqual(["id"]);
  });

  test("observed: is answered too, or refused as the service refuses a route of its metadata", async () => {
    const [address = ""] = [addresses.get(`${version}${path}`)];
    contract.emulator.setProfile("observed");
    const { status, body } = await contract.client.call("GET", address).finally(() => {
      contract.emulator.setProfile("documented");
    });
    if (status === 200) return;
    const { routeNotImplemented } = observed;
    expect([status, at(body, "error", "code")]).toEqual([routeNotImplemented.status, routeNotImplemented.code]);
  });
});

describe.each(inVersions(routes.filter((route) => !isServed(route))))("not served: $version $path", (route) => {
  test("is a loud 404 that names the route", async () => {
    const address = `/${route.version}${route.path.replace(/\{[^}]*\}/g, "00000000-0000-4000-8000-00000000000c")}`;
    const { status, body } = await contract.client.call("GET", address);
    expect([status, at(body, "error", "code")]).toEqual([404, "UnknownRoute"]);
    expect(at(body, "error", "message")).toContain(`GET ${address}`);
  });
});

test("a snapshot with an entity of every collection, made in each version, is restored as it was", async () => {
  const { body } = await contract.client.call("GET", "/_emulator/snapshot");
  const paths = Object.keys(at(body, "collections") as object);
  const names = paths.map((path) =>
    path
      .split("/")
      .filter((_, index) => index % 2 === 0)
      .join("/"),
  );
  const rows = new Set(rowCollections().map(({ route }) => route.replace(/^\/\w+\/|\/\{[^}]*\}/g, "")));
  expect(names).toEqual(expect.arrayContaining([...rows]));
  expect(rows.size).toBeGreaterThanOrEqual(12);
  const { status, body: refusal } = await contract.client.call("PUT", "/_emulator/snapshot", body);
  expect([status, refusal]).toEqual([204, undefined]);
  expect((await contract.client.call("GET", "/_emulator/snapshot")).body).toEqual(body);
});

test.each(served.filter(({ versions }) => !versions.includes("v1.0")))("v1.0 has no $path", async ({ path }) => {
  const address = (addresses.get(`beta${path}`) ?? "").replace("/beta/", "/v1.0/");
  const { status, body } = await contract.client.call("GET", address);
  expect([status, at(body, "error", "code")]).toEqual([404, "UnknownRoute"]);
});

const operations = Object.entries(schema.operations).flatMap(([name, { versions, boundTo, returns }]) =>
  versions.map((version) => ({ name, version, onCollection: boundTo.startsWith("Collection("), returns })),
);

test("an action is served just if it is bound to one policy, and both versions have those", () => {
  const bound = (onCollection: boolean): string[] =>
    operations.filter((one) => one.onCollection === onCollection).map(({ name, version }) => `${version} ${name}`);
  expect(bound(true)).toEqual(OPERATIONS_NOT_SERVED.map((name) => `beta ${name}`));
  const served = ["assign", "scheduleActionsForRules"];
  expect(bound(false)).toEqual(served.flatMap((name) => VERSIONS.map((version) => `${version} ${name}`)));
});

test.each(operations.filter(({ onCollection }) => !onCollection))(
  "$version $name answers as the schema has it, by both of its names",
  async ({ name, version, returns }) => {
    const path = `/${version}${POLICIES}`;
    const { body } = await contract.client.call("POST", path, policyBody());
    const parameter = name === "assign" ? "assignments" : "deviceComplianceScheduledActionForRules";
    const value = name === "assign" ? [] : policyBody()["scheduledActionsForRule"];
    for (const spelling of [name, `microsoft.graph.${name}`]) {
      const address = `${path}/${at(body, "id") as string}/${spelling}`;
      const answer = await contract.client.call("POST", address, { [parameter]: value });
      expect([spelling, answer.status]).toEqual([spelling, returns === undefined ? 204 : 200]);
      if (returns !== undefined) expect(at(answer.body, "value")).toEqual([]);
      else expect(answer.body).toBeUndefined();
      expectRefused(await contract.client.call("POST", address, { [parameter]: 7 }), parameter, 7);
      expectRefused(await contract.client.call("POST", address, { noSuchParameter: [] }), "noSuchParameter", []);
    }
  },
);

// Their names stand where the key of a policy does, so a path alone cannot tell the two apart.
test.each(OPERATIONS_NOT_SERVED)("%s is a loud 405 that names the path", async (name) => {
  const address = `/beta${POLICIES}/${name}`;
  const { status, body } = await contract.client.call("POST", address, {});
  expect([status, at(body, "error", "code")]).toEqual([405, "MethodNotAllowed"]);
  expect(at(body, "error", "message")).toContain(`POST ${address}`);
});
