/**
 * What the provider process loads, under the name the constant provider text asks for. The process is plain Node without
 * a TypeScript loader: this is used as built.
 */
import { deviceComplianceDeviceStatus as descriptor } from "../model/deviceComplianceDeviceStatus";
import { resourceProvider } from "./resourceProvider";

export const deviceComplianceDeviceStatus = resourceProvider(descriptor);
