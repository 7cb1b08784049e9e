/** What every cluster has, for whoever shows it to people; loads no rule. */
export { systemClasses } from './utils/priority-classes.ts'
export { type ReservedPorts, reservedPort } from './utils/reserved-ports.ts'
export { controllersOwn, controlPlaneTaint, type Taint } from './utils/tolerations.ts'
