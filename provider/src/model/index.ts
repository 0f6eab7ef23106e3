/** What a policy pack needs to know of the resources: data and pure functions, no side effects, no dependencies. */
export { COMPLIANCE_STATUSES, isComplianceStatus, type ComplianceStatus } from "./complianceStatus";
export { parseDateTimeOffset, type DateTimeFault, type Instant } from "./dateTimeOffset";
export { DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE, deviceComplianceDeviceStatus } from "./deviceComplianceDeviceStatus";
export type { EdmType, EntityDescriptor, PropertyDescriptor, PropertyValue } from "./entityDescriptor";
export { nearest } from "./nearest";
