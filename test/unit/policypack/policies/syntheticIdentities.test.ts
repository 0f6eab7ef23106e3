import { syntheticIdentities } from "../../../../policypack/src/policies/syntheticIdentities";
import { judgeWith, UNKNOWN } from "../judge";

const TAIL =
  "Fix: use a test domain for users and a test prefix for names, or list yours in the options domains and prefixes [DCS007] docs/rules/synthetic-identities.md";

describe.each(["deviceDisplayName", "userName"])("synthetic-identities: %s", (property) => {
  it.each(["FIXTURE-LAPTOP", "test laptop", "Example", "ann@fixtures.example", "System account", "", " "])(
    "accepts %j",
    (text) => {
      expect(judgeWith(syntheticIdentities, property, text)).toEqual([]);
    },
  );

  it.each(["LAPTOP-7F3K", "Ann Lee", "ann@woodgrove.co", "my fixture"])("rejects %s without showing it", (text) => {
    expect(judgeWith(syntheticIdentities, property, text)).toEqual([
      `${property} begins with none of the prefixes of test names. ${TAIL}`,
    ]);
  });

  it("takes the prefixes from the option", () => {
    expect(judgeWith(syntheticIdentities, property, "ZZ-1", { prefixes: ["zz-", "fixture"] })).toEqual([]);
    expect(judgeWith(syntheticIdentities, property, "TEST-1", { prefixes: ["zz-", "fixture"] })).toHaveLength(1);
  });
});

describe("synthetic-identities: userPrincipalName", () => {
  it.each([
    "ann@fixtures.example",
    "ann@x.test",
    "ann@CONTOSO.com",
    "ann@sub.contoso.com",
    "User Principal Name value",
  ])("accepts %s", (text) => {
    expect(judgeWith(syntheticIdentities, "userPrincipalName", text)).toEqual([]);
  });

  it.each(["ann@woodgrove.co", "ann@notcontoso.com", "fixture@contoso.com.evil.co", "fixture"])(
    "rejects %s without showing it",
    (text) => {
      expect(judgeWith(syntheticIdentities, "userPrincipalName", text)).toEqual([
        `userPrincipalName is of no test domain. ${TAIL}`,
      ]);
    },
  );

  it("takes the domains from the option", () => {
    const options = { domains: ["woodgrove.co"] };
    expect(judgeWith(syntheticIdentities, "userPrincipalName", "ann@woodgrove.co", options)).toEqual([]);
    expect(judgeWith(syntheticIdentities, "userPrincipalName", "ann@contoso.com", options)).toHaveLength(1);
  });
});

it.each([[null], [undefined], [UNKNOWN], [7], [["x"]], [{ name: UNKNOWN }]])(
  "synthetic-identities says nothing of %j",
  (value) => {
    for (const property of ["deviceDisplayName", "userName", "userPrincipalName"])
      expect(judgeWith(syntheticIdentities, property, value)).toEqual([]);
  },
);
