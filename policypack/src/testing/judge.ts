import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { NotApplicable, resourceArgs, stackArgs, type ArgsSettings } from "./policyArgs";
import type { ResourceDescription } from "./resourceDescription";

/** What a policy reported. */
export interface Violation {
  /** Without the policy's description, which the SDK puts before it. */
  readonly message: string;
  readonly urn?: string;
  /** Only where the policy gave the finding a level or severity of its own. */
  readonly enforcementLevel?: string;
  readonly severity?: string;
}

export interface Judgement {
  readonly violations: readonly Violation[];
  /** Why the policy has nothing to do with the resource; absent if it has. */
  readonly notApplicable?: string;
  /** What the SDK would report as "can't run policy", since the policy read an unknown value and did not catch it. */
  readonly unknown?: string;
}

/** Run a resource policy in this process. Errors other than those of unknown values reach the caller, as they fail a run. */
export async function judgeResource(
  policy: ResourceValidationPolicy,
  resource: ResourceDescription,
  settings: ArgsSettings = {},
): Promise<Judgement> {
  const { validateResource = [] } = policy;
  const validations = Array.isArray(validateResource) ? validateResource : [validateResource];
  const parts: Judgement[] = [];
  for (const validate of validations) {
    const args = resourceArgs(resource, { policy, ...settings });
    parts.push(await judge((report) => validate(args, report)));
  }
  return Object.assign({}, ...parts, { violations: parts.flatMap(({ violations }) => violations) }) as Judgement;
}

/** Run a stack policy in this process. */
export function judgeStack(
  policy: StackValidationPolicy,
  resources: readonly ResourceDescription[],
  settings: ArgsSettings = {},
): Promise<Judgement> {
  return judge((report) => policy.validateStack(stackArgs(resources, { policy, ...settings }), report));
}

type Report = (message: string, urn?: string) => void;

async function judge(run: (report: Report) => unknown): Promise<Judgement> {
  const violations: Violation[] = [];
  try {
    // Since 1.20 the SDK takes an object too, which its types do not say.
    await run((message: string | Violation, urn?: string) => {
      violations.push(typeof message === "object" ? message : { message, ...(urn === undefined ? {} : { urn }) });
    });
    return { violations };
  } catch (error) {
    if (error instanceof NotApplicable) return { violations, notApplicable: error.reason };
    if (error instanceof Error && "unknownTypeSentinel" in error) return { violations, unknown: error.message };
    throw error;
  }
}
