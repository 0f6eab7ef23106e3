/**
 * The shape of one Graph entity as data. Everything that depends on which entity is handled (paths, bodies, checks,
 * diffs, redaction, permissions) reads it from here, so that a sibling entity is one more descriptor.
 */

/** Edm primitive types in use, and `graph.complianceStatus`, the only enum. Source: CSDL of msgraph-metadata (beta). */
export type EdmType = "Edm.String" | "Edm.Int32" | "Edm.DateTimeOffset" | "graph.complianceStatus";

/** A JSON value as it stands on the wire for one of the {@link EdmType}s. */
export type PropertyValue = string | number | null;

export interface PropertyDescriptor {
  readonly name: string;
  readonly edmType: EdmType;
  /** `Nullable` in the CSDL. A property that is not nullable must be given, since the service would invent its value. */
  readonly nullable: boolean;
  /** Names a person or a device: its value never appears in a log or an error of ours. */
  readonly identity: boolean;
}

export interface EntityDescriptor {
  /** The resource's name as its users write it, for messages. */
  readonly resource: string;
  /** Value of `@odata.type` on writes. */
  readonly odataType: string;
  /** Version root of the service, e.g. `beta`. */
  readonly version: "beta" | "v1.0";
  /** Segments of the entity set below the version root; a segment in braces takes the value of that parent key. */
  readonly entitySet: readonly string[];
  /** Inputs that address the parent; a change replaces, since a contained entity has no identity outside its parent. */
  readonly parentKeys: readonly string[];
  readonly properties: readonly PropertyDescriptor[];
  /** Least-privileged permissions, delegated and application alike. */
  readonly permissions: { readonly read: string; readonly write: string };
  /** The entity's documentation page. */
  readonly documentation: string;
}
