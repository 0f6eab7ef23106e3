/** A text that is set, or the file that holds it: files are read when they are needed, since pipelines rotate them. */
export type TextSource = { readonly text: string } | { readonly path: string; readonly name: string };

/** An application of a tenant. */
interface Application {
  readonly tenantId: string;
  readonly clientId: TextSource;
}

/** One way to get a token, with all it takes. */
export type SignIn =
  | ({ readonly kind: "clientSecret"; readonly clientSecret: TextSource } & Application)
  | ({
      readonly kind: "clientCertificate";
      /** Text: PEM, or base64 of it. */
      readonly certificate: TextSource;
      readonly password: string | undefined;
    } & Application)
  | ({ readonly kind: "oidcToken"; readonly token: TextSource } & Application)
  | ({ readonly kind: "gitHubOidc"; readonly requestUrl: string; readonly requestToken: string } & Application)
  | ({
      readonly kind: "azurePipelinesOidc";
      readonly serviceConnectionId: string;
      readonly requestUrl: string;
      readonly requestToken: string;
    } & Application)
  | ({ readonly kind: "aksWorkloadIdentity"; readonly tokenFilePath: string } & Application)
  | {
      readonly kind: "managedIdentity";
      /** The user-assigned identity; the system-assigned one if absent. */
      readonly clientId: TextSource | undefined;
      readonly endpoint: string | undefined;
    }
  | { readonly kind: "azureCli" | "azurePowerShell" | "azureDeveloperCli"; readonly tenantId: string | undefined }
  | { readonly kind: "default"; readonly tenantId: string | undefined; readonly clientId: TextSource | undefined };

export type SignInKind = SignIn["kind"];

/** The application, or person, that tokens are for, as far as the settings tell: what a service's quota belongs to. */
export const applicationOf = (signIn: SignIn): readonly unknown[] => [
  signIn.kind,
  "tenantId" in signIn ? signIn.tenantId : undefined,
  "clientId" in signIn ? signIn.clientId : undefined,
];
