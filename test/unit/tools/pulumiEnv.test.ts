import { pulumiEnv } from "../../../tools/engine/pulumi.js";

const USERS_OWN = {
  PULUMI_ACCESS_TOKEN: "token",
  PULUMI_STACK: "production",
  PULUMI_CONFIG_PASSPHRASE_FILE: "/a/file",
  pulumi_backend_url: "s3://bucket",
  AZURE_CLIENT_SECRET: "secret",
  ARM_TENANT_ID: "tenant",
  INTUNE_GRAPH_ENDPOINT: "https://graph.example.test",
  TS_NODE_PROJECT: "/a/tsconfig.json",
  NODE_ENV: "test",
  FORCE_COLOR: "1",
};
const KEPT = { PATH: "/bin", HOME: "/a/home", HTTPS_PROXY: "http://gateway.example.test:3128", NO_PROXY: "intranet" };

describe("pulumiEnv", () => {
  const env = pulumiEnv({
    engine: {
      source: "path",
      version: "3.259.0",
      binDir: "/bin",
      pulumi: "/bin/pulumi",
      describe: "",
      env: { ...USERS_OWN, ...KEPT, NODE_OPTIONS: "--max-old-space-size=4096" },
    },
    home: "/a folder/home",
    backendDir: "/a folder/state",
    passphrase: "words",
  });

  it.each(Object.keys(USERS_OWN))("does not let the user's %s in", (name) => {
    expect(env).not.toHaveProperty([name]);
  });

  it("is the quiet local engine: own home, own file backend, no login, no download, no colour", () => {
    expect(env).toMatchObject({
      PULUMI_HOME: "/a folder/home",
      PULUMI_BACKEND_URL: "file:///a%20folder/state?metadata=skip",
      PULUMI_CONFIG_PASSPHRASE: "words",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      NO_COLOR: "1",
    });
    expect(Object.keys(env).filter((name) => name.startsWith("PULUMI_"))).toHaveLength(5);
  });

  it("keeps the rest, adds to NODE_OPTIONS, and never sends loopback calls to a proxy", () => {
    expect(env).toMatchObject({ ...KEPT, NO_PROXY: "intranet,127.0.0.1,localhost,::1" });
    expect(env["NODE_OPTIONS"]).toMatch(/^--max-old-space-size=4096 --require ".*plainErrors\.js"$/);
  });
});
