import { describe, expect, it } from 'vitest'

const files = import.meta.glob<{ default: Record<string, unknown> }>('./*/*.json', { eager: true })

/** Keys with what is put into them; plural endings are folded, for languages differ in how many they have. */
function shape(texts: unknown, path = ''): string[] {
  if (typeof texts === 'string') {
    const holes = [...texts.matchAll(/{{-?\s*(\w+)[^}]*}}/g)].map((found) => found[1]).sort()
    const plural = /_(zero|one|two|few|many|other)$/.test(path)
    return [`${path.replace(/_(zero|one|two|few|many|other)$/, '')} ${plural ? '' : holes.join(',')}`]
  }
  return Object.entries(texts as Record<string, unknown>).flatMap(([key, value]) => shape(value, `${path}.${key}`))
}

const names = [...new Set(Object.keys(files).map((path) => path.split('/')[2]))]

describe.each(names)('%s', (name) => {
  it('says the same in each language', () => {
    const [en, ko] = ['en', 'ko'].map((language) => files[`./${language}/${name}`]?.default)
    expect(en).toBeDefined()
    expect(ko).toBeDefined()
    expect([...new Set(shape(ko))].sort()).toEqual([...new Set(shape(en))].sort())
  })

  it('has no empty text', () => {
    for (const language of ['en', 'ko']) {
      expect(JSON.stringify(files[`./${language}/${name}`]?.default)).not.toContain(':""')
    }
  })
})
