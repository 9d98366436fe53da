import { describe, expect, it } from 'vitest'
import { asCli, asCurl, asPython, python, quoted } from './commands'

describe('quoted', () => {
  it.each([
    ['plain-1.0', 'plain-1.0'],
    ['two words', `'two words'`],
    [`it's`, `'it'\\''s'`],
    ['$(rm -rf /)', `'$(rm -rf /)'`],
    ['', `''`],
  ])('%s', (text, word) => {
    expect(quoted(text)).toBe(word)
  })
})

describe('commands', () => {
  const body = { logical_date: null, conf: { city: "O'Hare", deep: [true, null, 1.5] } }

  it('are safe in a shell', () => {
    expect(asCli('a dag', body)).toBe(
      `tradewind dags trigger 'a dag' --conf '{"city":"O'\\''Hare","deep":[true,null,1.5]}' --no-logical-date`,
    )
    const at = '2026-11-23T00:00:00Z'
    expect(asCli('d', { logical_date: at })).toBe(`tradewind dags trigger d --logical-date ${at}`)
    expect(asCurl('http://x', 'a/b', body, true)).toContain('http://x/api/v2/dags/a%2Fb/dagRuns')
  })

  it('are Python', () => {
    expect(python(body)).toBe(`{"logical_date": None, "conf": {"city": "O'Hare", "deep": [True, None, 1.5]}}`)
    expect(asPython('http://x', 'd', body, true)).toContain('"http://x/api/v2/dags/d/dagRuns"')
  })

  it('name a token only where people log in', () => {
    expect(asCurl('http://x', 'd', body, true)).toContain('$TRADEWIND_TOKEN')
    expect(asPython('http://x', 'd', body, true)).toContain("os.environ['TRADEWIND_TOKEN']")
    expect(asCurl('http://x', 'd', body, false)).not.toContain('TOKEN')
    expect(asPython('http://x', 'd', body, false)).not.toContain('os')
  })

  it('keep the note', () => {
    const made = asCli('d', { logical_date: null, note: 'by hand' })
    expect(made).toBe("tradewind dags trigger d --no-logical-date --note 'by hand'")
  })
})
