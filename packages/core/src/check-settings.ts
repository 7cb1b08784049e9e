/** For hosts that cannot wait, such as ESLint; loads ajv. */
export { checkSettings } from './lint/check-settings.ts'
