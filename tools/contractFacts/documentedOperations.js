"use strict";

/**
 * @typedef {{ startLine: string, headers: Record<string, string>, body?: Record<string, unknown> }} Example
 * @typedef {{ source: string, endpoints: string[], permissions: Record<string, string>, response: string[], examples: Example[] }} Page
 * @typedef {{ repo: string, commit: string, operations: Record<string, Page> }} Pages
 */

/** The pages' examples are code samples; LICENSE-CODE of microsoft-graph-docs. */
const LICENCE = "MIT (code samples)";

/**
 * The operations of the resource's pages: route, permissions, and the example exchange with the lengths it prints.
 * @param {Pages} pages
 */
function documentedOperations({ repo, commit, operations }) {
  return {
    source: { repository: repo, commit, licence: LICENCE },
    operations: Object.entries(operations).map(([key, page]) => documentedOperation(key, page)),
  };
}

/** @type {(key: string, page: Page) => object} */
function documentedOperation(key, { source, endpoints, permissions, response, examples }) {
  const [version, , operation] = key.split("/");
  const [endpoint = ""] = endpoints;
  const [method, path] = endpoint.split(" ");
  const [request, answer] = examples;
  if (!request || !answer || examples.length !== 2 || endpoints.length !== 1) {
    throw new Error(`${source} has not one endpoint with one example`);
  }
  return {
    version,
    operation,
    path: source,
    endpoint: { method, path },
    permissions: {
      application: names(permissions["Application"]),
      delegated: names(permissions["Delegated (work or school account)"]),
    },
    status: Number.parseInt(response[0] ?? "", 10),
    request: { startLine: request.startLine, ...message(request) },
    answer: { startLine: answer.startLine, ...message(answer) },
  };
}

/** @type {(list: string | undefined) => string[]} */
const names = (list = "") => list.split(", ");

/** @type {(example: Example) => object} */
const message = ({ headers, body }) => ({ headers, ...(body === undefined ? {} : { body }) });

module.exports = { documentedOperations };
