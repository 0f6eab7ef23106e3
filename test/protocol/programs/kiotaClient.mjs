/**
 * What Kiota generates into @microsoft/msgraph-sdk, for two types by hand: the generated packages hold 25 and 49 MB. All that
 * is sent and received goes through Kiota's own adapter, serializers and middleware. Prints what came of it.
 */
import { ClientSecretCredential } from "@azure/identity";
import {
  AllowedHostsValidator,
  BaseBearerTokenAuthenticationProvider,
  HttpMethod,
  RequestInformation,
} from "@microsoft/kiota-abstractions";
import { DefaultRequestAdapter } from "@microsoft/kiota-bundle";
import { KiotaClientFactory } from "@microsoft/kiota-http-fetchlibrary";

const { AUTHORITY, GRAPH_ENDPOINT, TENANT_ID, CLIENT_ID, CLIENT_SECRET } = process.env;
const JSON_TYPE = "application/json";
const COLLECTION = "{+baseurl}/deviceManagement/deviceCompliancePolicies{?%24filter,%24top}";
const ITEM = "{+baseurl}/deviceManagement/deviceCompliancePolicies/{id}";

const createPolicyFromNode = () => (policy) => ({
  id: (node) => (policy.id = node.getStringValue()),
  displayName: (node) => (policy.displayName = node.getStringValue()),
  createdDateTime: (node) => (policy.createdDateTime = node.getDateValue()),
});
const createPageFromNode = () => (page) => ({
  value: (node) => (page.value = node.getCollectionOfObjectValues(createPolicyFromNode)),
  "@odata.nextLink": (node) => (page.nextLink = node.getStringValue()),
});
const serializePolicy = (writer, { odataType, displayName, ...additionalData }) => {
  writer.writeStringValue("@odata.type", odataType);
  writer.writeStringValue("displayName", displayName);
  writer.writeAdditionalData(additionalData);
};

const credential = new ClientSecretCredential(TENANT_ID, CLIENT_ID, CLIENT_SECRET, {
  authorityHost: AUTHORITY,
  disableInstanceDiscovery: true,
});
const validator = new AllowedHostsValidator(new Set([new URL(GRAPH_ENDPOINT).hostname]));
const authentication = new BaseBearerTokenAuthenticationProvider({
  getAuthorizationToken: async (url) =>
    validator.isUrlHostValid(url) ? (await credential.getToken("https://graph.microsoft.com/.default")).token : "",
  getAllowedHostsValidator: () => validator,
});
const adapter = new DefaultRequestAdapter(authentication, undefined, undefined, KiotaClientFactory.create());
adapter.baseUrl = `${GRAPH_ENDPOINT}/beta`;

function requestOf(method, template, { id, query, body } = {}) {
  const request = new RequestInformation(method, template, { baseurl: adapter.baseUrl, id });
  request.headers.add("Accept", JSON_TYPE);
  if (query !== undefined) request.setQueryStringParametersFromRawObject(query, { filter: "%24filter", top: "%24top" });
  if (body !== undefined) request.setContentFromParsable(adapter, JSON_TYPE, body, serializePolicy);
  return request;
}
const get = (request) => adapter.send(request, createPageFromNode, undefined);

async function pageThrough(request) {
  const names = [];
  for (let page = await get(request); ;) {
    names.push(...page.value.map(({ displayName }) => displayName));
    if (page.nextLink === undefined) return names;
    const next = requestOf(HttpMethod.GET);
    next.URL = page.nextLink;
    page = await get(next);
  }
}

const NEW_POLICY = {
  odataType: "#microsoft.graph.windows10CompliancePolicy",
  scheduledActionsForRule: [
    {
      ruleName: "PasswordRequired",
      scheduledActionConfigurations: [{ actionType: "block", gracePeriodHours: 0, notificationTemplateId: "" }],
    },
  ],
};
const created = [];
for (const displayName of ["one", "two", "three"]) {
  const request = requestOf(HttpMethod.POST, COLLECTION, { body: { ...NEW_POLICY, displayName } });
  created.push(await adapter.send(request, createPolicyFromNode, undefined));
}
const [one, two] = created;
const rename = { odataType: NEW_POLICY.odataType, displayName: "renamed" };
await adapter.send(requestOf(HttpMethod.PATCH, ITEM, { id: one.id, body: rename }), createPolicyFromNode, undefined);
await adapter.sendNoResponseContent(requestOf(HttpMethod.DELETE, ITEM, { id: two.id }), undefined);
const paged = await pageThrough(requestOf(HttpMethod.GET, COLLECTION, { query: { top: 1 } }));
const filtered = await pageThrough(
  requestOf(HttpMethod.GET, COLLECTION, { query: { filter: "displayName eq 'three'" } }),
);
const missing = await adapter
  .send(requestOf(HttpMethod.GET, ITEM, { id: two.id }), createPolicyFromNode, undefined)
  .then(
    () => "found",
    (error) => error.responseStatusCode,
  );
const isDate = created.every(({ createdDateTime }) => createdDateTime instanceof Date);
process.stdout.write(JSON.stringify({ paged: paged.sort(), filtered, missing, isDate }));
