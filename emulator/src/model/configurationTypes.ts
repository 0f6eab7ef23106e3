import { BETA } from "./entityType";
import type { EntityType } from "./entityType";
import { created, displayName, nullableText, roleScopeTagIds, version } from "./properties";

/**
 * The parents of the status families next to compliance policies, as far as their pages say (microsoft-graph-docs-contrib: resources
 * intune-deviceconfig-deviceconfiguration, intune-apps-manageddevicemobileappconfiguration, intune-shared-ioslobappprovisioningconfiguration).
 * Assumption: the many subtypes of the first two are not listed here, so any type name and any well-formed property is taken.
 */
export const deviceConfiguration: EntityType = {
  name: "deviceConfiguration",
  isAbstract: true,
  isOpen: true,
  properties: {
    lastModifiedDateTime: created,
    roleScopeTagIds,
    supportsScopeTags: {
      type: "Edm.Boolean",
      nullable: false,
      versions: BETA,
      default: true,
      isOptional: true,
      isSetByService: true,
    },
    createdDateTime: created,
    description: nullableText,
    displayName,
    version,
  },
};

export const managedDeviceMobileAppConfiguration: EntityType = {
  name: "managedDeviceMobileAppConfiguration",
  isAbstract: true,
  isOpen: true,
  properties: {
    targetedMobileApps: { type: "Collection(Edm.String)", nullable: true, versions: ["beta", "v1.0"], default: [] },
    roleScopeTagIds,
    createdDateTime: created,
    description: nullableText,
    lastModifiedDateTime: created,
    displayName,
    version,
  },
};

/** Assumption: all but the name may be null. */
export const iosLobAppProvisioningConfiguration: EntityType = {
  name: "iosLobAppProvisioningConfiguration",
  properties: {
    expirationDateTime: { type: "Edm.DateTimeOffset", nullable: true, versions: BETA, default: null },
    payloadFileName: nullableText,
    payload: { type: "Edm.Binary", nullable: true, versions: BETA, default: null },
    roleScopeTagIds,
    createdDateTime: created,
    description: nullableText,
    lastModifiedDateTime: created,
    displayName,
    version,
  },
};
