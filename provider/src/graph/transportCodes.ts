/** True for the codes with which Node and OpenSSL refuse a certificate or a handshake. Source: Node's docs, X509 error codes. */
export const isTlsCode = (code: string): boolean => /CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO_/.test(code);

/** The code of a socket's failure, looked for in its parts and causes; its message where there is none. */
export function codeOf(error: unknown): string {
  const { code, message, errors, cause } = error as {
    code?: unknown;
    message?: unknown;
    errors?: readonly unknown[];
    cause?: unknown;
  };
  // core-rest-pipeline says REQUEST_SEND_ERROR where the cause says why.
  if (typeof code === "string" && code !== "" && code !== "REQUEST_SEND_ERROR") return code;
  // Trying several addresses of one name ends in an AggregateError; its parts carry the codes.
  if (errors !== undefined && errors.length > 0) return codeOf(errors[0]);
  if (cause instanceof Error) return codeOf(cause);
  return typeof message === "string" ? message : "unknown failure";
}
