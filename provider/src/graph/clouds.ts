/** A Microsoft cloud: where tokens come from and where Graph answers. Tokens of one are worth nothing in another. */
export interface Cloud {
  readonly authorityHost: string;
  readonly graphEndpoint: string;
}

/** Names and aliases as the azuread provider's `environment`. Source: learn.microsoft.com/graph/deployments. */
export const CLOUDS: Readonly<Record<string, Cloud>> = (() => {
  const global = { authorityHost: "https://login.microsoftonline.com", graphEndpoint: "https://graph.microsoft.com" };
  const l4 = { authorityHost: "https://login.microsoftonline.us", graphEndpoint: "https://graph.microsoft.us" };
  const l5 = { authorityHost: "https://login.microsoftonline.us", graphEndpoint: "https://dod-graph.microsoft.us" };
  const china = {
    authorityHost: "https://login.chinacloudapi.cn",
    graphEndpoint: "https://microsoftgraph.chinacloudapi.cn",
  };
  return { global, public: global, usgovernmentl4: l4, usgovernment: l4, usgovernmentl5: l5, dod: l5, china };
})();
