import { BETA, VERSIONS } from "./entityType";
import type { ComplexType, EnumType, Property } from "./entityType";
import { nullableText } from "./properties";

/**
 * Types the policies' properties refer to and the metadata at hand leaves out. Source: the resource pages of the policies in
 * microsoft-graph-docs-contrib @ 022b186d (2024-08-01), "Possible values are". The first member is the one of number 0.
 */
export const SETTING_ENUMS: readonly EnumType[] = [
  {
    enum: "deviceThreatProtectionLevel",
    members: ["unavailable", "secured", "low", "medium", "high", "notSet"],
  },
  // This one is in the metadata.
  { enum: "requiredPasswordType", members: ["deviceDefault", "alphanumeric", "numeric"] },
  {
    enum: "androidRequiredPasswordType",
    members: [
      ...["deviceDefault", "alphabetic", "alphanumeric", "alphanumericWithSymbols", "lowSecurityBiometric"],
      ...["numeric", "numericComplex", "any"],
    ],
  },
  { enum: "androidRequiredPasswordComplexity", members: ["none", "low", "medium", "high"] },
  {
    enum: "androidDeviceOwnerRequiredPasswordType",
    members: [
      ...["deviceDefault", "required", "numeric", "numericComplex", "alphabetic", "alphanumeric"],
      ...["alphanumericWithSymbols", "lowSecurityBiometric", "customPassword"],
    ],
  },
  { enum: "androidSafetyNetEvaluationType", members: ["basic", "hardwareBacked"] },
  {
    enum: "macOSGatekeeperAppSources",
    members: ["notConfigured", "macAppStore", "macAppStoreAndIdentifiedDevelopers", "anywhere"],
  },
  ...["androidForWorkRequiredPasswordType", "androidWorkProfileRequiredPasswordType"].map((name) => ({
    enum: name,
    members: [
      ...["deviceDefault", "lowSecurityBiometric", "required", "atLeastNumeric", "numericComplex"],
      ...["atLeastAlphabetic", "atLeastAlphanumeric", "alphanumericWithSymbols"],
    ],
  })),
];

const text = (...names: string[]): Record<string, Property> =>
  Object.fromEntries(names.map((name) => [name, nullableText]));

/** Assumption: all properties but the name of an app are nullable, as the pages' create examples suggest no other. */
export const SETTING_COMPLEX_TYPES: readonly ComplexType[] = [
  {
    complex: "appListItem",
    properties: {
      name: { type: "Edm.String", nullable: false, versions: VERSIONS, default: null },
      ...text("publisher", "appStoreUrl", "appId"),
    },
  },
  { complex: "operatingSystemVersionRange", properties: text("description", "lowestVersion", "highestVersion") },
  { complex: "wslDistributionConfiguration", properties: text("distribution", "minimumOSVersion", "maximumOSVersion") },
  {
    complex: "deviceCompliancePolicyScript",
    properties: {
      deviceComplianceScriptId: nullableText,
      rulesContent: { type: "Edm.Binary", nullable: true, versions: BETA, default: null },
    },
  },
];

/**
 * beta properties of the same pages that are newer than the newest beta metadata at hand (2022-10-05), so that a policy exported from a
 * tenant can be sent. They are in answers only when they were sent. Assumption: all are nullable.
 */
export const LATER_PROPERTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  windows10CompliancePolicy: {
    memoryIntegrityEnabled: "Edm.Boolean",
    kernelDmaProtectionEnabled: "Edm.Boolean",
    virtualizationBasedSecurityEnabled: "Edm.Boolean",
    firmwareProtectionEnabled: "Edm.Boolean",
    wslDistributions: "Collection(graph.wslDistributionConfiguration)",
  },
  androidDeviceOwnerCompliancePolicy: {
    securityBlockJailbrokenDevices: "Edm.Boolean",
    requireNoPendingSystemUpdates: "Edm.Boolean",
    securityRequiredAndroidSafetyNetEvaluationType: "graph.androidSafetyNetEvaluationType",
  },
  androidForWorkCompliancePolicy: workProfile("graph.androidForWorkRequiredPasswordType"),
  androidWorkProfileCompliancePolicy: workProfile("graph.androidWorkProfileRequiredPasswordType"),
};

function workProfile(passwordType: string): Record<string, string> {
  return {
    requiredPasswordComplexity: "graph.androidRequiredPasswordComplexity",
    workProfilePasswordExpirationInDays: "Edm.Int32",
    workProfilePasswordMinimumLength: "Edm.Int32",
    workProfileInactiveBeforeScreenLockInMinutes: "Edm.Int32",
    workProfilePreviousPasswordBlockCount: "Edm.Int32",
    workProfilePasswordRequiredType: passwordType,
    workProfileRequiredPasswordComplexity: "graph.androidRequiredPasswordComplexity",
    workProfileRequirePassword: "Edm.Boolean",
  };
}
