import type { DocumentStatus } from '@daemonlint/language-server'

/** What is shown of the configuration of the document at hand. */
export interface StatusText {
  text: string
  detail: string
  /** Something is wrong that a person can mend. */
  isWarning: boolean
}

const states: Record<DocumentStatus['state'], string> = {
  linted: '',
  off: 'switched off by a setting',
  ignored: 'this file is ignored',
  template: 'templates are left alone',
  declined: 'this file is too long',
  configuration: '',
}

/** @param shown the configuration file, as a person knows it; undefined where there is none */
export function statusText(
  { state, problem, kubernetesVersions }: DocumentStatus,
  shown: string | undefined,
): StatusText {
  const [oldest, youngest] = [kubernetesVersions[0], kubernetesVersions.at(-1)]
  const versions = oldest === youngest ? oldest : `${oldest} to ${youngest}`
  const details = [states[state], problem, versions && `Kubernetes ${versions}`]
  return {
    text: shown ?? 'daemonlint/recommended',
    detail: details.filter(Boolean).join(' · '),
    isWarning: problem !== null,
  }
}
