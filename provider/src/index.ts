export { type ComplianceStatus, COMPLIANCE_STATUSES } from "./model/complianceStatus";
export { DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE } from "./model/deviceComplianceDeviceStatus";
export {
  DeviceComplianceDeviceStatus,
  type DeviceComplianceDeviceStatusArgs,
} from "./resources/deviceComplianceDeviceStatus";
