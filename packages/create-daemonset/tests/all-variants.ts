// @ts-expect-error A script, without types.
import { variantsOf } from '../scripts/all-variants.mjs'
import { type Preset, presets } from '../src/index.ts'

/** Every preset in every shape: its name, the variant's, and what to scaffold it from. */
export const allVariants: {
  preset: Preset
  variant: string
  answers: { preset: string } & Record<string, unknown>
}[] = presets.flatMap((preset) =>
  variantsOf(preset).map(({ name, answers }: { name: string; answers: { preset: string } }) => ({
    preset,
    variant: name,
    answers,
  })),
)
