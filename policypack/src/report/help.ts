import { FORMATS } from "./formats";
import { FAIL_ON } from "./verdict";

export const HELP = `Reports of Pulumi policy packs for people and pipelines.

  intune-policy report [options] [events-file|-]
      Turn the engine's events into a report. They come from
        PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json --policy-pack DIR > events.ndjson
      or from pulumi up --json, with the same variable.

  intune-policy check [options] [program-folder]
      Run a program's registrations, the dynamic provider's check and a policy pack, without the Pulumi CLI,
      a backend, a network or an endpoint. Nothing is created.

Options of both:
  --format NAME          ${FORMATS.join(", ")} (default: pretty)
  --fail-on NAME         ${FAIL_ON.join(", ")}; may be repeated. Mandatory findings and
                         what the provider refuses fail always (default: mandatory)
  --output FILE          write the report there, not to standard output
  --source-file FILE     what SARIF results point at where the program's line is not known (default: Pulumi.yaml)

Options of check:
  --pack DIR             the policy pack's folder (default: the pack this command came with)
  --config FILE          the pack's configuration, as for --policy-pack-config
  --stack NAME           take the stack's configuration from Pulumi.NAME.yaml (default: no file, the name dev)
  --config-value K=V     a configuration value; may be repeated; a key without namespace gets the project's

Exit code: 0 nothing failed; 1 findings that fail; 2 wrong usage, or a run that proves nothing or not all.
`;
