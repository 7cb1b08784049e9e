import { defineRule } from 'daemonlint'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require images from registries of our own',
      category: 'images',
      presets: {},
    },
    messages: {
      foreign: 'Container `{{container}}` pulls from `{{registry}}`: when that is down, no new node starts it.',
      mirror: 'Pull it through {{registry}}',
    },
    hasSuggestions: true,
    rollsPods: true,
  },

  create(context) {
    const registries = context.settings.house?.registries ?? []
    return {
      container(node) {
        const { name, image } = node.value
        // Undefined may mean unknown: a placeholder, or a Kustomize patch that does not state it.
        if (image === undefined || registries.length === 0) return
        const registry = registryOf(image)
        if (registries.includes(registry)) return
        const path = ['image']
        const rest = image.startsWith(`${registry}/`) ? image.slice(registry.length + 1) : image
        context.report({
          node,
          path,
          messageId: 'foreign',
          data: { container: name, registry },
          suggest: registries.map((own) => ({
            messageId: 'mirror',
            data: { registry: own },
            fix: (fixer) => fixer.set(path, `${own}/${rest}`),
          })),
        })
      },
    }
  },
})

/** The first part of a reference is a registry when it looks like a host, else Docker Hub is meant. */
function registryOf(image) {
  const [first] = image.split('/')
  return image.includes('/') && /[.:]|^localhost$/.test(first) ? first : 'docker.io'
}
