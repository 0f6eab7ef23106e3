/** What can be read off a thrown value. By shape and not by class: errors of Node's core are of another realm inside test runners and workers. */

export function codeOf(thrown: unknown): string | undefined {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** The first line of its message. */
export function reasonOf(thrown: unknown): string {
  const message = typeof thrown === "object" && thrown !== null && "message" in thrown ? thrown.message : thrown;
  return String(message).split("\n")[0] ?? "";
}
