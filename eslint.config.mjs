import tseslint from "typescript-eslint";

/**
 * Imports go one way. Each room may import the rooms to its left only; a room that is not in the list of a zone is free.
 * Source of the order: docs/decisions/001-rooms.md.
 */
const PROVIDER_ROOMS = ["model", "graph", "lifecycle", "dynamic", "resources"];

const forbid = (files, group, message) => ({
  files,
  rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
});

const providerRooms = PROVIDER_ROOMS.map((room, index) =>
  forbid(
    [`provider/src/${room}/**/*.ts`],
    [
      ...PROVIDER_ROOMS.slice(index + 1).map((later) => `**/${later}/**`),
      "intune-emulator",
      "intune-emulator/**",
      "pulumi-intune-policies",
      "**/emulator/**",
      "**/policypack/**",
    ],
    `provider/src/${room} may import only ${PROVIDER_ROOMS.slice(0, index + 1).join(", ")}.`,
  ),
);

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "coverage/**", ".local/**"] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts", "**/*.tsx"] })),
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-console": "error",
      "max-lines": ["error", { max: 250, skipBlankLines: false, skipComments: false }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  ...providerRooms,
  forbid(
    ["emulator/page/**/*.ts", "emulator/page/**/*.tsx"],
    ["**/src/**", "intune-emulator", "intune-emulator/**", "node:*"],
    "The page knows the emulator by its control API only.",
  ),
  forbid(
    ["emulator/src/**/*.ts"],
    ["pulumi-intune", "pulumi-intune/**", "**/provider/**", "@pulumi/**", "**/policypack/**"],
    "The emulator is an independent reading of the contract: it imports nothing of the provider.",
  ),
  forbid(
    ["test/contract/**/*.ts"],
    ["**/emulator/src/**", "**/emulator/dist/**", "**/provider/**", "**/policypack/**", "intune-emulator/**"],
    "A contract test reads test/contract/facts and no table of ours; it asks the emulator over its sockets.",
  ),
  {
    files: ["policypack/src/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(intune-emulator|pulumi-intune(?!/(model|settings)$)(/|$))|/(emulator|provider)/",
              message:
                'The pack imports the provider only through its side-effect-free entries "pulumi-intune/model" and "pulumi-intune/settings".',
            },
          ],
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts", "examples/**/*.ts"],
    rules: { "max-lines-per-function": "off", "no-console": "off" },
  },
);
