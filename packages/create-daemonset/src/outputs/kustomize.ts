import type { Form } from './form.ts'

export const kustomize: Form = () => ({ files: [], next: [] })
