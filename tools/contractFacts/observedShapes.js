"use strict";

/**
 * @typedef {{ code: string, message: string, innerError: Record<string, string> }} ErrorBody
 * @typedef {{ error: ErrorBody }} ErrorExample
 * @typedef {{
 *   deviceStatusListItem: { seenIn: string[], example: Record<string, unknown> },
 *   routeNotImplemented: { httpStatus: number, seenIn: string[], templates: Record<string, string>, example: ErrorExample },
 *   intuneJsonInMessage: { seenIn: string[], example403: ErrorExample, doublyNested401: { seenIn: string[], example: ErrorExample } },
 *   missingBlockAction: { httpStatus: number, seenIn: string[], messageContains: string },
 *   filterOnDeviceStatuses: { httpStatus: number },
 *   retryAfterFormats: { seenIn: string[], integerSeconds: string, decimalSeconds: string },
 * }} Observed
 */

/**
 * What public threads show of the service's answers, as rules and not as captures.
 * @param {Observed} observed
 */
function observedShapes(observed) {
  const { deviceStatusListItem, routeNotImplemented, intuneJsonInMessage, missingBlockAction } = observed;
  const { doublyNested401, example403 } = intuneJsonInMessage;
  return {
    deviceStatusListItem: {
      seenIn: deviceStatusListItem.seenIn,
      properties: Object.fromEntries(Object.entries(deviceStatusListItem.example).map(([name, v]) => [name, shape(v)])),
      noGracePeriod: deviceStatusListItem.example["complianceGracePeriodExpirationDateTime"],
    },
    routeNotImplemented: {
      seenIn: routeNotImplemented.seenIn,
      status: routeNotImplemented.httpStatus,
      templates: routeNotImplemented.templates,
      code: routeNotImplemented.example.error.code,
      message: withoutValues(routeNotImplemented.example.error.message),
      innerError: mapShapes(routeNotImplemented.example.error.innerError),
    },
    forbidden: { seenIn: intuneJsonInMessage.seenIn, status: 403, ...intuneError(example403) },
    doublyNested: { seenIn: doublyNested401.seenIn, status: 401, code: doublyNested401.example.error.code },
    missingBlockAction: {
      seenIn: missingBlockAction.seenIn,
      status: missingBlockAction.httpStatus,
      text: missingBlockAction.messageContains,
    },
    filterOnDeviceStatuses: {
      seenIn: ["comments in two public PowerShell runbooks, for $filter=status eq 'nonCompliant'"],
      status: observed.filterOnDeviceStatuses.httpStatus,
    },
    retryAfter: {
      seenIn: observed.retryAfterFormats.seenIn,
      seconds: [observed.retryAfterFormats.integerSeconds, observed.retryAfterFormats.decimalSeconds],
    },
  };
}

/** Every digit and hexadecimal run as a pattern, so that only the spelling remains. @type {(value: unknown) => string} */
function shape(value) {
  if (typeof value !== "string") return value === null ? "null" : typeof value;
  const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  if (guid.test(value)) return value.replace(guid, "{guid}");
  return /^\d{4}-\d\d-\d\dT/.test(value) ? value.replace(/\d/g, "d") : "string";
}

/** @type {(record: Record<string, unknown>) => Record<string, string>} */
const mapShapes = (record) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, shape(value)]));

/** @type {(message: string) => string} */
const withoutValues = (message) =>
  message
    .replace(/template \S+/, "template {template}")
    .replace(/verb \w+/, "verb {verb}")
    .replace(/request \/\w+\/\w+\/.*\./, "request /{service}/{path}.");

/** The JSON document Intune writes into `message`. @type {(example: ErrorExample) => object} */
function intuneError({ error }) {
  const document = JSON.parse(error.message);
  const [text, operationId, activityId] = String(document.Message).split(
    / - Operation ID \(for customer support\): | - Activity ID: | - Url: /,
  );
  return {
    code: error.code,
    lineEnd: error.message.includes("\r\n") ? "\r\n" : "\n",
    fields: {
      ...document,
      Message: "{text} - Operation ID (for customer support): {guid} - Activity ID: {guid} - Url: {url}",
    },
    text,
    operationId,
    activityIdIsClientRequestId: activityId === error.innerError["client-request-id"],
    innerError: mapShapes(error.innerError),
  };
}

module.exports = { observedShapes };
