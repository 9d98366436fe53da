import { describe, expect, it } from 'vitest'

const files = import.meta.glob<{ default: Record<string, unknown> }>('./en/*.json', { eager: true })
const sources = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.ts', '!../api/schema.d.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
})

/** By keys that the server says, or by what it said: tests in Python look after these. */
const SAID = new Set(['said', 'recorded', 'rhythm', 'waits', 'wrong', 'loading', 'audit'])

/** Keys without their plural endings. */
function keys(texts: unknown, path = ''): string[] {
  if (typeof texts === 'string') return [path.replace(/_(zero|one|other)$/, '')]
  return Object.entries(texts as Record<string, unknown>).flatMap(([key, text]) =>
    keys(text, path ? `${path}.${key}` : key),
  )
}

const code = Object.values(sources).join('\n')
/** What stands in quotes, and what begins or ends in a template: `` `state.${state}` ``. */
const whole = new Set([...code.matchAll(/['"]([\w:.]+)['"]/g)].map((found) => found[1] as string))
const templates = [...code.matchAll(/`([\w:.]*)\$\{[^`]*?\}([\w:.]*)`/g)].map((found) => [
  (found[1] ?? '').replace(/^\w+:/, ''),
  found[2] ?? '',
])

const names = Object.keys(files).map((path) => path.slice('./en/'.length, -'.json'.length))

describe.each(names.filter((name) => !SAID.has(name)))('%s', (name) => {
  it('has no text that nothing says', () => {
    const dead = [...new Set(keys(files[`./en/${name}.json`]?.default))].filter((key) => {
      if (whole.has(key) || whole.has(`${name}:${key}`)) return false
      return !templates.some(
        ([begin = '', end = '']) =>
          (/[._]$/.test(begin) || /^[._]/.test(end)) && key.startsWith(begin) && key.endsWith(end),
      )
    })
    expect(dead).toEqual([])
  })
})
