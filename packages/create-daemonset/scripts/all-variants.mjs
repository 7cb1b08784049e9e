/** Every shape that presets can take, for whoever wants to see, lint, render or apply them all. */

/**
 * The default form of a preset, its own variants, and those of answers that every preset takes.
 * @param {any} preset
 * @returns {{ name: string, answers: Record<string, unknown> }[]} complete enough to scaffold
 */
export function variantsOf(preset) {
  const variants = {
    default: {},
    ...(preset.metrics && {
      'service-monitor': { monitor: 'service-monitor' },
      'pod-monitor': { monitor: 'pod-monitor' },
    }),
    ...(preset.podNetwork && { 'network-policy': { networkPolicy: true } }),
    'some-nodes': { nodeSelector: ['pool=agents'], nodeAffinity: ['zone in (a,b)'], controlPlane: false },
    ...preset.variants,
  }
  return Object.entries(variants).map(([name, answers]) => ({
    name,
    answers: { ...preset.example, ...answers, preset: preset.name, acceptArchived: true },
  }))
}
