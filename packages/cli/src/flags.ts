/** One flag of the command. The help, docs/cli.md, the argument parser and the completions all read this table. */
export interface Flag {
  name: string
  short?: string
  /** What stands for its value in the help; a flag without one is a switch. */
  value?: string
  /** What shells complete for it, where `value` does not tell: completions/values.ts says which words tell what. */
  completes?: Completes
  /** May be given more than once. */
  multiple?: boolean
  help: string
}

/** `findings` are rules and the API server's reasons, `settings` a rule and its severity. */
export type Completes = 'formats' | 'findings' | 'settings' | 'versions'

export interface FlagGroup {
  title: string
  flags: Flag[]
}

export const flagGroups: FlagGroup[] = [
  {
    title: 'Fixing',
    flags: [
      { name: 'fix', help: 'Mend what can be mended, and write the files' },
      { name: 'fix-dry-run', help: 'Report what would be left after --fix, without writing' },
    ],
  },
  {
    title: 'Rules and configuration',
    flags: [
      { name: 'config', short: 'c', value: 'FILE', help: 'Use this configuration, and look for no other' },
      { name: 'no-config-lookup', help: 'Look for no configuration: the recommended rules' },
      {
        name: 'rule',
        value: "'ID: SEVERITY'",
        completes: 'settings',
        multiple: true,
        help: "Set a rule: 'memory-limit: off', 'image-tag: [error, {…}]'",
      },
      {
        name: 'kubernetes-version',
        value: 'V[,V]',
        completes: 'versions',
        multiple: true,
        help: 'The versions the manifests are for: 1.31 or 1.29-1.33',
      },
      { name: 'no-inline-config', help: 'Comments and annotations that disable rules do not count' },
      {
        name: 'report-unused-disable-directives',
        help: 'Such comments that hide nothing are errors',
      },
      { name: 'print-config', value: 'FILE', help: 'Print the configuration that holds for a file, as JSON' },
    ],
  },
  {
    title: 'Files',
    flags: [
      { name: 'stdin', help: 'Lint what comes through standard input' },
      { name: 'stdin-filename', value: 'FILE', help: 'The name that it goes by' },
      { name: 'staged', help: 'Only what is staged for the next commit, as it is staged' },
      { name: 'changed', help: 'Only what has changed since the last commit, files that are new to git too' },
      {
        name: 'since',
        value: 'REF',
        help: 'Only what changed since a branch or commit of git, compared to it',
      },
      {
        name: 'ignore-pattern',
        value: 'GLOB',
        multiple: true,
        help: 'Pass these files over as well; a glob from here',
      },
      { name: 'no-ignore', help: 'Lint what .gitignore and `ignores` pass over' },
      {
        name: 'no-error-on-unmatched-pattern',
        help: 'Exit with 0 where there is nothing to check',
      },
    ],
  },
  {
    title: 'Charts and kustomizations, rendered by your own helm and kustomize',
    flags: [
      { name: 'helm', value: 'CHART', multiple: true, help: 'Lint what a chart renders to' },
      { name: 'values', value: 'FILE', multiple: true, help: 'Values for the charts, as in helm' },
      { name: 'set', value: 'KEY=VALUE', multiple: true, help: 'One value for them, as in helm' },
      { name: 'release', value: 'NAME', help: "The release's name; default: release-name" },
      { name: 'namespace', value: 'NAME', help: 'The namespace that they are installed into' },
      { name: 'kustomize', value: 'DIRECTORY', multiple: true, help: 'Lint what a kustomization builds' },
    ],
  },
  {
    title: 'Suppressions',
    flags: [
      {
        name: 'suppress-all',
        help: 'Record what is found now, and pass it over from now on: daemonlint-suppressions.json',
      },
      {
        name: 'suppress-rule',
        value: 'ID',
        multiple: true,
        help: 'Record what this rule finds now',
      },
      { name: 'prune-suppressions', help: 'Remove what is recorded and does not occur any more' },
      { name: 'pass-on-unpruned-suppressions', help: 'Do not exit with 2 where there is something to prune' },
      {
        name: 'suppressions-location',
        value: 'FILE',
        help: 'Where they are recorded; default: daemonlint-suppressions.json, here',
      },
    ],
  },
  {
    title: 'Output',
    flags: [
      {
        name: 'format',
        short: 'f',
        value: 'NAME[=FILE]',
        multiple: true,
        completes: 'formats',
        help: 'How to print, and where to; may be repeated. Default: stylish',
      },
      { name: 'output-file', short: 'o', value: 'FILE', help: 'Write the report to a file' },
      { name: 'quiet', help: 'Report errors only' },
      { name: 'max-warnings', value: 'N', help: 'Exit with 1 when there are more warnings than this' },
      { name: 'color', help: 'Use colours, or with --no-color none; default: where it is a terminal' },
      { name: 'no-color', help: '' },
    ],
  },
  {
    title: 'Running again',
    flags: [
      { name: 'watch', help: 'Lint again whenever something changes, until Ctrl-C' },
      { name: 'cache', help: 'Lint only what has changed, or rests on what has changed, since the last run' },
      {
        name: 'cache-location',
        value: 'PATH',
        help: 'The file or directory to keep results in; default: .daemonlintcache',
      },
    ],
  },
  {
    title: 'Other',
    flags: [
      { name: 'help', short: 'h', help: 'Print this' },
      { name: 'version', short: 'v', help: 'Print the version' },
    ],
  },
]

export interface Subcommand {
  name: string
  /** Its arguments; shells complete what the words tell. */
  value?: string
  /** Those of the flags that are of use with it. */
  flags?: string[]
  help: string
}

export const subcommands: Subcommand[] = [
  { name: 'init', help: 'Write a small daemonlint.config.yaml' },
  {
    name: 'explain',
    value: 'RULE',
    flags: ['color', 'no-color'],
    help: 'Print what a rule asks for, why, and how to do it',
  },
  {
    name: 'generate',
    value: '[PRESET] [DIRECTORY]',
    help: 'Scaffold an agent: manifests, Kustomize or a Helm chart; generate --help says more',
  },
  { name: 'lsp', value: '--stdio', help: 'Serve an editor over the Language Server Protocol' },
  { name: 'rules', flags: ['format'], help: 'List the rules and the presets' },
  { name: 'completions', value: 'bash|zsh|fish', help: 'Print what makes a shell complete this command' },
]
