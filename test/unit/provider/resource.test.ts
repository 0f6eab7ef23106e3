import * as pulumi from "@pulumi/pulumi";
import {
  DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE,
  DeviceComplianceDeviceStatus,
  type DeviceComplianceDeviceStatusArgs,
} from "../../../provider/src";
import { DOCUMENTED_EXAMPLE } from "../../support/example";

/** What the engine would be told, in order of registration. */
interface Registration {
  readonly name: string;
  readonly type: string;
  readonly inputs: Record<string, unknown>;
}
const registered: Registration[] = [];

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, type, inputs }) => {
      const registration: Registration = { name, type, inputs: inputs as Record<string, unknown> };
      registered.push(registration);
      return { id: `${name}-id`, state: registration.inputs };
    },
    call: () => ({}),
  });
});

const args: DeviceComplianceDeviceStatusArgs = { deviceCompliancePolicyId: "policy", ...DOCUMENTED_EXAMPLE };
const settled = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));
const registration = async (name: string, opts?: pulumi.CustomResourceOptions): Promise<Registration> => {
  const resource = new DeviceComplianceDeviceStatus(name, args, opts);
  await settled(resource.id);
  const found = registered.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error("nothing was registered");
  return found;
};

test("the type token is fixed: another one would replace every resource", async () => {
  expect(DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE).toBe("pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus");
  expect(DeviceComplianceDeviceStatus.__pulumiType).toBe(DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE);
  expect((await registration("token")).type).toBe(DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE);
});

test("the provider text is this one and under 100 bytes: it stands in every state file", async () => {
  const { inputs } = await registration("text");
  const text = inputs["__provider"];
  expect(text).toBe('exports.handler=()=>require("pulumi-intune/provider").deviceComplianceDeviceStatus;');
  expect(Buffer.byteLength(String(text))).toBeLessThan(100);
});

test("transformations of the user's own still run, and cannot lose the provider text", async () => {
  const rename: pulumi.ResourceTransformation = ({ props, opts }) => ({
    props: { ...(props as object), deviceModel: "other" },
    opts,
  });
  const { inputs } = await registration("transformed", { transformations: [rename] });
  expect(inputs).toMatchObject({
    deviceModel: "other",
    __provider: expect.stringContaining("pulumi-intune/provider") as string,
  });
});

test("exactly the arguments are registered", async () => {
  const { inputs } = await registration("inputs");
  const { __provider, ...rest } = inputs;
  expect(__provider).toBeDefined();
  expect(rest).toEqual(args);
});

test("one arguments object serves many resources and is not written to", () => {
  const frozen = Object.freeze({ ...args });
  new DeviceComplianceDeviceStatus("shared-1", frozen);
  new DeviceComplianceDeviceStatus("shared-2", frozen);
  expect(Object.keys(frozen)).toEqual(Object.keys(args));
});

test("every property is an output, given or not", async () => {
  const { deviceCompliancePolicyId, platform, status, lastReportedDateTime, complianceGracePeriodExpirationDateTime } =
    args;
  const required = {
    deviceCompliancePolicyId,
    platform,
    status,
    lastReportedDateTime,
    complianceGracePeriodExpirationDateTime,
  };
  const resource = new DeviceComplianceDeviceStatus("outputs", required);
  expect(resource).toBeInstanceOf(pulumi.dynamic.Resource);
  expect(await settled(resource.status)).toBe("notApplicable");
  expect(await settled(resource.platform)).toBe(8);
  expect(pulumi.Output.isInstance(resource.deviceModel)).toBe(true);
  expect(pulumi.Output.isInstance(resource.userPrincipalName)).toBe(true);
});

test("the import option is refused with the way that works", () => {
  expect(() => new DeviceComplianceDeviceStatus("imported", args, { import: "id" })).toThrow(
    /^imported: a dynamic resource cannot be imported with the import option .*pulumi import --file/,
  );
});
