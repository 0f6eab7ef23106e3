import * as pulumi from "@pulumi/pulumi";
import type { ComplianceStatus } from "../model/complianceStatus";
import { DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE } from "../model/deviceComplianceDeviceStatus";
import { PLACEHOLDER, providerText, refuseImport, withProviderText } from "./dynamicResource";

/**
 * Inputs of a {@link DeviceComplianceDeviceStatus}. The properties are those of Graph's entity
 * `microsoft.graph.deviceComplianceDeviceStatus` (beta), under their own names.
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfig-devicecompliancedevicestatus?view=graph-rest-beta
 */
export interface DeviceComplianceDeviceStatusArgs {
  /** Id of the compliance policy the status belongs to; it must exist. Changing it replaces the status. */
  deviceCompliancePolicyId: pulumi.Input<string>;
  /** Compliance of the device under the policy; a member of `graph.complianceStatus`, case-sensitive. Updated in place. */
  status: pulumi.Input<ComplianceStatus>;
  /**
   * When the device last reported, an `Edm.DateTimeOffset` such as `2017-01-01T00:00:17.7769392-08:00`: seconds and
   * offset are mandatory, the resolution is 100 ns. Two spellings of one instant are no change. Updated in place.
   */
  lastReportedDateTime: pulumi.Input<string>;
  /**
   * When the grace period ends, an `Edm.DateTimeOffset` as above; the service answers
   * `9999-12-31T23:59:59.9999999Z` where there is none. Updated in place.
   */
  complianceGracePeriodExpirationDateTime: pulumi.Input<string>;
  /**
   * Platform of the device, an `Edm.Int32`. Microsoft documents no meaning of the numbers, and captures show 0 for
   * Windows and iPhone alike: take it as opaque. Beta only. Updated in place.
   */
  platform: pulumi.Input<number>;
  /** Display name of the device. Absent: Graph answers null. Updated in place. */
  deviceDisplayName?: pulumi.Input<string | undefined>;
  /** Model of the device. Absent: Graph answers null, as it was seen to for real devices. Updated in place. */
  deviceModel?: pulumi.Input<string | undefined>;
  /** Name of the user; `System account` for a device-scope evaluation. Updated in place. */
  userName?: pulumi.Input<string | undefined>;
  /** User principal name; `System account` for a device-scope evaluation. Updated in place. */
  userPrincipalName?: pulumi.Input<string | undefined>;
}

/**
 * A compliance status of one device under one Intune compliance policy. Its Pulumi id is the id Graph returned.
 *
 * Create `POST`s to `/deviceManagement/deviceCompliancePolicies/{deviceCompliancePolicyId}/deviceStatuses` (beta), update
 * `PATCH`es the changed properties, delete `DELETE`s. Microsoft documents these; today's Intune service answers all but
 * the list with 400 (microsoft-graph-docs #19210): run against the emulator.
 */
export class DeviceComplianceDeviceStatus extends pulumi.dynamic.Resource {
  /** Lets `validateResourceOfType(DeviceComplianceDeviceStatus, …)` of a policy pack find this resource. */
  public static readonly __pulumiType: string = DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE;

  // `declare`: a class field would overwrite the outputs the base class has set (pulumi/pulumi#12160).
  declare public readonly deviceCompliancePolicyId: pulumi.Output<string>;
  /** As Graph answered; a member the service added later than this package is kept verbatim. */
  declare public readonly status: pulumi.Output<ComplianceStatus>;
  /** As Graph answered, in its spelling. */
  declare public readonly lastReportedDateTime: pulumi.Output<string>;
  /** As Graph answered, in its spelling. */
  declare public readonly complianceGracePeriodExpirationDateTime: pulumi.Output<string>;
  declare public readonly platform: pulumi.Output<number>;
  declare public readonly deviceDisplayName: pulumi.Output<string | undefined>;
  declare public readonly deviceModel: pulumi.Output<string | undefined>;
  declare public readonly userName: pulumi.Output<string | undefined>;
  declare public readonly userPrincipalName: pulumi.Output<string | undefined>;

  constructor(name: string, args: DeviceComplianceDeviceStatusArgs, opts?: pulumi.CustomResourceOptions) {
    refuseImport(name, opts);
    // Output properties exist only for keys that are present, hence the `undefined`s; the copy is since the base class
    // writes to what it is given.
    const props = {
      deviceDisplayName: undefined,
      deviceModel: undefined,
      userName: undefined,
      userPrincipalName: undefined,
      ...args,
    };
    super(PLACEHOLDER, name, props, withProviderText(PROVIDER_TEXT, opts), "intune", "DeviceComplianceDeviceStatus");
  }
}

const PROVIDER_TEXT = providerText("deviceComplianceDeviceStatus");
