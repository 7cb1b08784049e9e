/** What is known of image names, for whoever has no manifest but a name. */
export { matchesGlob } from './utils/glob.ts'
export {
  type ImageReference,
  isMovingTag,
  isSeriesTag,
  isVersion,
  movingTags,
  parseImage,
} from './utils/image.ts'
export { type ImageMistake, imageMistakeIn } from './utils/image-grammar.ts'
