import type { Quantity } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Finding, Validation } from '../check.ts'
import type { Field } from '../field.ts'
import { compareQuantities, isWhole, parseResource, signOf, wholeValue } from '../formats/quantities.ts'
import { suggestNear } from '../suggestions.ts'
import { validateHugePages } from './huge-pages.ts'
import { reportExceedingRequest } from './requests-exceed-limits.ts'
import { isExtended, isHugePages, mayOvercommit, meantResource } from './resource-names.ts'

export type ResourceList = { readonly [key: string]: Quantity | null } | null | undefined

/** Which resources there may be. */
export interface ResourceNames {
  readonly id: 'resource-name' | 'pod-resource-name'
  /** What is wrong with a name, or undefined. */
  fault(name: string): string | undefined
}

/** Where resources stand, and what they are called. */
export interface RequirementFields {
  readonly resources: Field
  readonly limits: Field
  readonly requests: Field
}

/**
 * k8s.io/kubernetes pkg/apis/core/validation: validateResourceRequirements, for containers, whole pods and overhead.
 * Names of claims are looked at elsewhere.
 */
export function validateResourceRequirements(
  validation: Validation,
  { limits, requests }: { limits: ResourceList; requests: ResourceList },
  fields: RequirementFields,
  names: ResourceNames,
): void {
  let hugePages = false
  let compute = false
  for (const list of [limits, requests]) {
    if (!list) continue
    const field = list === limits ? fields.limits : fields.requests
    for (const name of Object.keys(list)) {
      validateResource(validation, name, list, field, names)
      if (list === requests) compareWithLimit(validation, name, requests, limits, fields, names)
      if (name === 'cpu' || name === 'memory') compute = true
      else if (isHugePages(name)) hugePages = true
    }
  }
  if (!hugePages || compute) return
  const needs = [fields.limits, fields.requests]
  validation.report({ id: 'huge-pages', at: fields.resources, messageId: 'compute', needs })
}

/** One resource by itself: its name, then its value. A wrong name says enough. */
function validateResource(
  validation: Validation,
  name: string,
  list: NonNullable<ResourceList>,
  field: Field,
  names: ResourceNames,
): void {
  const fault = names.fault(name)
  if (fault !== undefined) {
    reportName(validation, name, fault, list, field, names)
    return
  }
  const value = list[name]!
  const quantity = parseResource(value)
  if (signOf(quantity) < 0) reportNegative(validation, name, value, field.key(name))
  if (name === 'cpu' || name === 'memory') return
  if (isHugePages(name)) validateHugePages(validation, name, value, field.key(name))
  else if (isExtended(name) && !isWhole(quantity)) {
    const at = field.key(name)
    const near = String(wholeValue(quantity))
    validation.report({
      id: 'extended-resource',
      at,
      messageId: 'whole',
      data: { name: excerpt(name), value: excerpt(String(value)) },
      ...(near.length < 10 && {
        suggest: [{ messageId: 'write', data: { near }, fix: (fixer) => fixer.set(at.path, Number(near)) }],
      }),
    })
  }
}

function reportName(
  validation: Validation,
  name: string,
  fault: string,
  list: NonNullable<ResourceList>,
  field: Field,
  names: ResourceNames,
): void {
  const at = field.key(name)
  const meant = meantResource(name, names.fault)
  const change: Partial<Finding> = {}
  if (meant && !Object.hasOwn(list, meant.name)) {
    const near = meant.name
    if (meant.sure) change.fix = (fixer) => fixer.rename(at.path, near)
    else
      change.suggest = [{ messageId: 'rename', data: { near }, fix: (fixer) => fixer.rename(at.path, near) }]
  }
  const data = { name: excerpt(name), fault }
  validation.report({ id: names.id, at, on: 'key', messageId: 'name', data, ...change })
}

function reportNegative(validation: Validation, name: string, value: Quantity, at: Field): void {
  const near = String(value).replace(/^\s*-/, '')
  validation.report({
    id: 'resource-quantity',
    at,
    messageId: 'negative',
    data: { name: excerpt(name), value: excerpt(String(value)) },
    ...suggestNear(at, near.length < 30 && near, 'write'),
  })
}

function compareWithLimit(
  validation: Validation,
  name: string,
  requests: NonNullable<ResourceList>,
  limits: ResourceList,
  fields: RequirementFields,
  names: ResourceNames,
): void {
  const at = fields.requests.key(name)
  const limitAt = fields.limits.key(name)
  const overcommit = mayOvercommit(name)
  const id = isHugePages(name) ? 'huge-pages' : 'extended-resource'
  const request = excerpt(String(requests[name] ?? 0))
  if (!limits || !Object.hasOwn(limits, name)) {
    if (overcommit) return
    validation.report({
      id,
      at: limitAt,
      field: fields.limits,
      messageId: 'limit',
      data: { name: excerpt(name) },
      ...(names.fault(name) === undefined && {
        fix: (fixer) => fixer.set(limitAt.path, requests[name] ?? 0),
      }),
    })
    return
  }
  const order = compareQuantities(parseResource(requests[name]), parseResource(limits[name]))
  if (overcommit) {
    if (order <= 0) return
    const [asked, allowed] = [requests[name] ?? 0, limits[name] ?? 0]
    reportExceedingRequest(validation, name, asked, allowed, fields)
  } else if (order !== 0) {
    const limit = excerpt(String(limits[name] ?? 0))
    validation.report({
      id,
      at,
      field: fields.requests,
      messageId: 'unequal',
      data: { name: excerpt(name), request, limit },
      needs: [limitAt],
      suggest: [
        {
          messageId: 'raise',
          data: { request },
          fix: (fixer) => fixer.set(limitAt.path, requests[name] ?? 0),
        },
        { messageId: 'lower', data: { limit }, fix: (fixer) => fixer.set(at.path, limits[name] ?? 0) },
      ],
    })
  }
}
