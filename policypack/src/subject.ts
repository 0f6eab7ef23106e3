import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { peek, type Read } from "./peek";

/** A resource under judgement. */
export interface Subject {
  readonly urn: string;
  /** The logical name, as the program wrote it. */
  readonly name: string;
  /** The stack's name, which the URN holds. */
  readonly stack: string;
  /** Reads a property, and notes that the rule could not decide if the value is not known yet. */
  readonly read: Read;
  /** Reads a property where an unknown value decides as well as a known one. */
  readonly glance: Read;
  /** Every property that is there, save the SDK's own, which begin with two underscores. */
  readonly propertyNames: readonly string[];
  readonly stackTags: ReadonlyMap<string, string>;
  /** Say that the rule could not decide by this property. */
  readonly noteUnknown: (property: string) => void;
}

type Judged = Pick<ResourceValidationArgs | PolicyResource, "urn" | "name" | "props">;

/** Where the properties that a rule could not decide by are written down. */
type Note = (urn: string, property: string) => void;

export function subjectOf({ urn, name, props }: Judged, stackTags: Subject["stackTags"], note: Note): Subject {
  const glance = peek(props);
  const noteUnknown = (property: string): void => {
    note(urn, property);
  };
  return {
    urn,
    name,
    stack: stackOf(urn),
    glance,
    read(property) {
      const reading = glance(property);
      if (!reading.known) noteUnknown(property);
      return reading;
    },
    propertyNames: Object.keys(props).filter((key) => !key.startsWith("__")),
    stackTags,
    noteUnknown,
  };
}

/** `urn:pulumi:<stack>::<project>::<type>::<name>`. */
const stackOf = (urn: string): string => urn.split("::", 1)[0]?.replace(/^urn:pulumi:/, "") ?? "";
