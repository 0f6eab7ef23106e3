"use strict";
const { DOMParser, onErrorStopParsing } = require("@xmldom/xmldom");

/**
 * @typedef {"beta" | "v1.0"} Version
 * @typedef {{ version: Version, repository: string, path: string, commit: string, date: string, licence: string }} Source
 * @typedef {{ type: string, nullable: boolean }} Property
 * @typedef {{ kind: "entity" | "complex", base?: string, abstract: boolean, properties: Record<string, Property>, navigation: Record<string, string> }} StructuredType
 * @typedef {{ boundTo: string, parameters: Record<string, string>, returns?: string }} Operation
 * @typedef {{ source: Source, types: Record<string, StructuredType>, enums: Record<string, Record<string, number>>, operations: Record<string, Operation> }} Schema
 */

/** The fragments' first comment: where they were cut from. */
const SOURCE = /Source: (\S+) (\S+) @ ([0-9a-f]{40}) \((\d{4}-\d\d-\d\d)\)/;
/** Licence file of msgraph-metadata. */
const LICENCE = "MIT";

/**
 * One CSDL document in our own form. CSDL 4.0: Nullable is true unless said otherwise (section 6.2.1).
 * @param {string} text
 * @param {Version} version
 * @returns {Schema}
 */
function readSchema(text, version) {
  const [, repository, path, commit, date] = SOURCE.exec(text) ?? [];
  if (!repository || !path || !commit || !date) throw new Error("a CSDL fragment does not name its source");
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, "text/xml");
  /** @type {(tag: string) => Element[]} */
  const all = (tag) => elements(document, tag);
  return {
    source: { version, repository, path, commit, date, licence: LICENCE },
    types: Object.fromEntries([
      ...all("EntityType").map((element) => [nameOf(element), structuredType(element, "entity")]),
      ...all("ComplexType").map((element) => [nameOf(element), structuredType(element, "complex")]),
    ]),
    enums: Object.fromEntries(all("EnumType").map((element) => [nameOf(element), members(element)])),
    operations: Object.fromEntries(
      [...all("Action"), ...all("Function")].map((element) => [nameOf(element), operation(element)]),
    ),
  };
}

/** @typedef {import("@xmldom/xmldom").Element} Element */

/** @type {(parent: import("@xmldom/xmldom").Document | Element, tag: string) => Element[]} */
const elements = (parent, tag) => [...parent.getElementsByTagName(tag)];

/** @type {(element: Element, name?: string) => string} */
function nameOf(element, name = "Name") {
  const value = element.getAttribute(name);
  if (value === null) throw new Error(`an element ${element.tagName} has no ${name}`);
  return value;
}

/** @type {(element: Element, kind: "entity" | "complex") => StructuredType} */
function structuredType(element, kind) {
  const base = element.getAttribute("BaseType");
  return {
    kind,
    ...(base === null ? {} : { base: base.replace(/^graph\./, "") }),
    abstract: element.getAttribute("Abstract") === "true",
    properties: Object.fromEntries(
      elements(element, "Property").map((property) => [
        nameOf(property),
        { type: nameOf(property, "Type"), nullable: property.getAttribute("Nullable") !== "false" },
      ]),
    ),
    navigation: Object.fromEntries(
      elements(element, "NavigationProperty").map((property) => [nameOf(property), nameOf(property, "Type")]),
    ),
  };
}

/** @type {(element: Element) => Record<string, number>} */
const members = (element) =>
  Object.fromEntries(elements(element, "Member").map((member) => [nameOf(member), Number(nameOf(member, "Value"))]));

/** @type {(element: Element) => Operation} */
function operation(element) {
  const [binding, ...parameters] = elements(element, "Parameter");
  if (binding === undefined) throw new Error(`${nameOf(element)} is bound to nothing`);
  const [returns] = elements(element, "ReturnType");
  return {
    boundTo: nameOf(binding, "Type"),
    parameters: Object.fromEntries(parameters.map((parameter) => [nameOf(parameter), nameOf(parameter, "Type")])),
    ...(returns === undefined ? {} : { returns: nameOf(returns, "Type") }),
  };
}

module.exports = { readSchema };
