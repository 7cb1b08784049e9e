import type { RejectionTable } from './rejection-meta.ts'

/** What is refused before any validation: text, kinds, fields and types. */
export const decodingRejections = {
  'yaml-syntax': {
    description: 'Refuses text that is not YAML as its parser reads it',
    messages: { error: '{{message}}' },
  },
  'duplicate-key': {
    description: 'Refuses a map that has the same key twice',
    messages: { error: '{{message}}' },
  },
  'json-value': {
    description: 'Refuses values and keys that JSON cannot hold',
    messages: { error: '{{message}}' },
  },
  'ignored-text': {
    description: 'Silently ignores what follows the end of a document',
    messages: { error: '{{message}}' },
    accepted: true,
  },
  'too-complex': {
    description: 'Refuses documents that are too large or too deep, or repeat too many aliases',
    messages: { error: '{{message}}' },
  },
  encoding: {
    description: 'Refuses text that is not UTF-8',
    messages: { error: '{{message}}' },
  },
  'top-level-list': {
    description: 'Refuses a document that is a list of manifests',
    messages: {
      list: 'This document is a list, and a manifest must be a map: part its manifests by lines of `---`, or make them the `items` of a `List`.',
    },
  },
  'missing-kind': {
    description: 'Refuses a manifest without `apiVersion` or `kind`',
    messages: {
      kind: '`kind` is missing, so kubectl cannot tell that this is a DaemonSet.',
      unnamed:
        '`kind` is missing, so kubectl refuses this workload. If it is meant as a DaemonSet, write `kind: DaemonSet`.',
      apiVersion: '`apiVersion` is missing, so kubectl refuses the DaemonSet; it is served in `apps/v1`.',
      setKind: 'Add `kind: DaemonSet`.',
      setVersion: 'Add `apiVersion: apps/v1`.',
    },
    hasSuggestions: true,
  },
  'misspelt-kind': {
    description: 'Refuses a kind that is DaemonSet misspelt',
    messages: {
      kind: 'There is no kind `{{kind}}`; kinds are case-sensitive, and this one is `DaemonSet`.',
      setKind: 'Write `DaemonSet`.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'removed-api-version': {
    description: 'Refuses a DaemonSet of an API version that was removed',
    messages: {
      version:
        '`{{apiVersion}}` DaemonSets were removed in Kubernetes 1.16. In `apps/v1` the selector must be written and ' +
        '`updateStrategy` is `RollingUpdate` unless stated.',
      setVersion: 'Write `apps/v1`, having checked the selector and the update strategy.',
    },
    hasSuggestions: true,
  },
  'unknown-api-version': {
    description: 'Refuses a DaemonSet of an API version that does not exist',
    messages: {
      version: 'There is no DaemonSet in `{{apiVersion}}`; it is served in `apps/v1`.',
      setVersion: 'Write `apps/v1`.',
    },
    hasSuggestions: true,
  },
  'unknown-field': {
    description: 'Refuses a field that it does not know',
    messages: {
      unknown: '`{{name}}` is no field of {{parent}}, so the API server refuses the manifest.',
      misspelt: '`{{name}}` is no field of {{parent}}; did you mean `{{meant}}`?',
      misplaced: '`{{name}}` is no field of {{parent}}; it belongs to {{place}}.',
      rename: 'Rename it to `{{meant}}`.',
      move: 'Move it to {{place}}.',
    },
    hasSuggestions: true,
  },
  'field-version': {
    description: 'Refuses a field that its version does not have',
    messages: {
      younger: '`{{name}}` of {{parent}} exists since Kubernetes {{since}}; {{targets}} it.',
      removed: '`{{name}}` of {{parent}} was removed after Kubernetes {{until}}; {{targets}} it.',
    },
  },
  'no-replicas': {
    description: 'Refuses `replicas`, for a DaemonSet has none',
    messages: {
      replicas:
        'A DaemonSet has no `replicas`: it runs one pod on every node that fits, and the field is refused.',
    },
    fixable: 'code',
  },
  'wrong-type': {
    description: 'Refuses a value of another type than its field takes',
    messages: {
      quote: '{{subject}} must be a string, but `{{source}}` is {{found}}: quote it, `"{{source}}"`.',
      word: '`{{source}}` is a boolean in the YAML that Kubernetes reads, and {{name}} must be a string: quote it, `"{{source}}"`.',
      unquote:
        '{{subject}} must be {{expected}}, but `{{source}}` is a string: write `{{bare}}` without quotes.',
      items: '{{subject}} must be {{expected}}, but this is {{found}}: begin each item with `- `.',
      shape: '{{subject}} must be {{expected}}, but this is {{found}}.',
      wrap: 'Make it a list of one item.',
      grant: 'Write `{{bare}}`, if it is to have that power over its node.',
      fraction: '{{subject}} must be a whole number, but this is `{{source}}`.',
      range: '`{{source}}` is beyond what {{name}} can hold: a whole number from {{low}} to {{high}}.',
      time: '`{{source}}` is no time; {{name}} must read like `"2026-01-31T12:00:00Z"`.',
      bytes: '{{subject}} must be base64, which `{{source}}` is not.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  'invalid-quantity': {
    description: 'Refuses an amount that is no quantity',
    messages: {
      quantity:
        '`{{source}}` is no quantity for {{name}}: write a number and a suffix, such as `100m` or `64Mi`.',
      near: '`{{source}}` is no quantity for {{name}}; did you mean `{{near}}`?',
      replace: 'Write `{{near}}`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable
