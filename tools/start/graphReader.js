"use strict";

/**
 * An ordinary HTTP client of Microsoft Graph on Node's own fetch, independent of provider/: what it reads is there.
 * @typedef {{ id: string, displayName: string }} Policy
 * @typedef {Record<string, unknown> & { id: string }} DeviceStatus
 */

const SCOPE = "https://graph.microsoft.com/.default";
const POLICY_NAME = "Quickstart fixtures";

/** The working minimum: Intune wants one and only one block action. Source: microsoft-graph-docs #7746, #4103. */
const POLICY = {
  "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
  displayName: POLICY_NAME,
  description: "Parent of the quickstart's device statuses.",
  scheduledActionsForRule: [
    {
      ruleName: "PasswordRequired",
      scheduledActionConfigurations: [
        { actionType: "block", gracePeriodHours: 0, notificationTemplateId: "", notificationMessageCCList: [] },
      ],
    },
  ],
};

/**
 * @param {import("./emulatorProcess.js").Ready} ready
 */
async function createGraphReader({ graphEndpoint, authority, tenantId, clientId, clientSecret }) {
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope: SCOPE };
  const token = await json(`${authority}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const headers = { authorization: `Bearer ${String(token["access_token"])}`, "content-type": "application/json" };
  const policies = `${graphEndpoint}/beta/deviceManagement/deviceCompliancePolicies`;

  /** @type {(url: string) => Promise<Record<string, unknown>[]>} */
  const list = async (url) => {
    /** @type {Record<string, unknown>[]} */
    const all = [];
    /** @type {unknown} */
    let next = url;
    while (typeof next === "string") {
      const page = await json(next, { headers });
      all.push(.../** @type {Record<string, unknown>[]} */ (page["value"]));
      next = page["@odata.nextLink"];
    }
    return all;
  };
  return {
    /** The id of the quickstart's policy, made if there is none yet. @returns {Promise<string>} */
    async ensurePolicy() {
      const found = (await list(policies)).find(({ displayName }) => displayName === POLICY_NAME);
      const policy = found ?? (await json(policies, { method: "POST", headers, body: JSON.stringify(POLICY) }));
      return String(policy["id"]);
    },
    /** @type {(policyId: string) => Promise<Record<string, unknown>[]>} */
    deviceStatuses: (policyId) => list(`${policies}/${encodeURIComponent(policyId)}/deviceStatuses`),
  };
}

/** @type {(url: string, init: RequestInit) => Promise<Record<string, unknown>>} */
async function json(url, init) {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${init.method ?? "GET"} ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

module.exports = { createGraphReader };
