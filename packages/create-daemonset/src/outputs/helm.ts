import type { Form } from './form.ts'

export const helm: Form = () => ({ files: [], next: [] })
