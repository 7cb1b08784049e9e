import { describe, expect, it } from 'vitest'
import { junit } from '../../src/formatters/junit.ts'
import { bad, clean, failed, hostile, located, options, remark } from './results.ts'
import { all, readXml } from './xml-reader.ts'

describe('junit', () => {
  it.skip('is held to a published schema: no package of npm carries one of JUnit', () => {})

  it('makes a suite of each file, and a test of each finding', () => {
    const root = readXml(junit([{ ...bad, problems: [...bad.problems, located] }, clean], options))
    expect(root.name).toBe('testsuites')
    expect(root.attributes).toEqual({
      name: 'daemonlint',
      tests: '6',
      failures: '3',
      errors: '0',
      skipped: '1',
      time: '0',
    })
    const [first, second] = root.children
    expect(first!.attributes).toMatchObject({ name: 'bad.yaml', tests: '5', failures: '3', skipped: '1' })
    expect(first!.children.map(({ attributes: { name } }) => name)).toEqual([
      'api-server/required (spec.selector)',
      'image-tag (spec.template.spec.containers[0].image)',
      'my-plugin/empty',
      'image-tag (DaemonSet logs/agent, container agent, spec.template.spec.containers[0].image)',
      'image-tag (spec.template.spec.containers[0].image) #2',
    ])
    expect(first!.children[0]!.attributes).toMatchObject({
      classname: 'bad.yaml',
      file: 'bad.yaml',
      line: '5',
    })
    expect(second!.children).toMatchObject([{ attributes: { name: 'nothing found' }, children: [] }])
  })

  it('fails for errors and warnings, passes with a remark, skips what is suppressed', () => {
    const root = readXml(junit([bad], options))
    expect(all(root, 'failure').map(({ attributes }) => attributes.type)).toEqual(['error', 'warning'])
    expect(all(root, 'failure')[0]!.text).toBe(
      'bad.yaml:5:1: A DaemonSet needs `spec.selector`.\nspec.selector',
    )
    expect(all(root, 'system-out')[0]!.text).toContain(`11:11: ${remark.message}`)
    expect(all(root, 'skipped')).toMatchObject([{ attributes: { message: 'a test cluster' } }])
  })

  it('counts what it holds', () => {
    const root = readXml(junit([bad, clean, hostile], failed))
    for (const element of [root, ...root.children]) {
      const counted = [
        all(element, 'testcase').length,
        all(element, 'failure').length,
        all(element, 'error').length,
        all(element, 'skipped').length,
      ].map(String)
      const { tests, failures, errors, skipped } = element.attributes
      expect([tests, failures, errors, skipped]).toEqual(counted)
    }
    const names = all(root, 'testcase').map(({ attributes }) => `${attributes.classname} ${attributes.name}`)
    expect(new Set(names).size).toBe(names.length)
  })

  it('has an error for what could not be checked', () => {
    const root = readXml(junit([], failed))
    expect(all(root, 'error')).toMatchObject([{ attributes: { message: 'gone.yaml does not exist.' } }])
  })

  it('is XML whatever the names are', () => {
    const [test] = all(readXml(junit([hostile], options)), 'testcase')
    expect(test!.attributes.classname).toBe('a,b: %c\n<d>.yaml')
    expect(all(test!, 'failure')[0]!.attributes.message).toContain('</script><img src=x>`|&"\' ::error::x')
    expect(all(test!, 'img')).toEqual([])
  })

  it('is XML where there is nothing', () => {
    expect(readXml(junit([], options)).attributes.tests).toBe('0')
  })
})
