// How our sources are bundled for Node, wherever that is done: esbuild's options.
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** The sources as they stand, so that nothing needs to be compiled first. */
export const fromSources = {
  bundle: true,
  platform: 'node',
  target: 'node20.12',
  conditions: ['daemonlint-source', 'module'],
  mainFields: ['module', 'main'],
  logLevel: 'warning',
}

/**
 * The same for what is published.
 * @param {string} folder of a package that has `yaml`, absolute
 */
export function forRelease(folder) {
  return { ...fromSources, minify: true, legalComments: 'none', alias: browserYaml(folder) }
}

/**
 * `yaml` in its build for browsers: the one for Node calls `require`, which an ES module does not have, asks the
 * environment about every token whether to log it, and cannot be shaken.
 * @param {string} folder of a package that has `yaml`, absolute
 */
export function browserYaml(folder) {
  const yaml = dirname(createRequire(join(folder, 'package.json')).resolve('yaml/package.json'))
  return { yaml: join(yaml, 'browser', 'dist', 'index.js') }
}

/**
 * CommonJS that still knows where it stands. Texts inside look like ES modules; the last statement of the banner tells
 * tools that look that it is CommonJS all the same.
 * @param {string} [first] what comes before everything, such as `#!/usr/bin/env node\n`
 * @param {Record<string, string>} [define] more for esbuild's `define`
 */
export function commonJs(first = '', define = {}) {
  return {
    format: 'cjs',
    define: { ...define, 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
    banner: {
      js: `${first}const importMetaUrl=require("node:url").pathToFileURL(__filename).href;module.exports={};`,
    },
  }
}

/**
 * What the bundle of a source is called: after the file, or `scaffold/index.ts` after its folder.
 * @param {string} file
 */
export function bundleName(file) {
  const base = basename(file).replace(/\.\w+$/, '')
  return `${base === 'index' ? basename(dirname(file)) : base}.cjs`
}
