import { describe, expect, it } from 'vitest'
import { pieces, plain } from './ansi'
import { groupsAround, rowsOf } from './folds'
import { culprit, isFile, isOwn, parseTrace, shownFrames } from './frames'
import { cut, matcher, searchable, step } from './search'
import { ticks } from './strip'
import { structured } from './structured'
import type { LogRecord } from './types'
import { after, atEnd, before, choose, hashOf, holds, linesOf } from './window'

function record(offset: number, event: string, level = 'info'): LogRecord {
  return {
    offset,
    line: offset + 1,
    timestamp: null,
    level,
    event,
    logger: null,
    filename: null,
    lineno: null,
    error_detail: null,
    truncated: false,
  }
}

const TRACE = `Traceback (most recent call last):
  File "/dags/shop.py", line 26, in check
    json.loads("{bad")
  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^
json.decoder.JSONDecodeError: Expecting property name

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/dags/shop.py", line 29, in quality
    check()
  File "/venv/lib/python3.11/site-packages/pandas/core.py", line 9, in apply
    f()
  [Previous line repeated 3 more times]
ValueError: row count
99 < 100
`

describe('tracebacks', () => {
  const parts = parseTrace(TRACE)

  it('come in parts that are tied', () => {
    expect(parts.map((part) => [part.tie, part.frames.length, part.error])).toEqual([
      [null, 2, 'json.decoder.JSONDecodeError: Expecting property name'],
      ['cause', 2, 'ValueError: row count\n99 < 100'],
    ])
  })

  it('have a line to look at: the innermost of the user', () => {
    expect(parts.map((part) => culprit(part.frames)?.line)).toEqual([26, 29])
    expect(
      culprit(parseTrace('  File "/usr/lib/python3.11/a.py", line 7, in f\n    f()\nE: x')[0]?.frames ?? [])?.line,
    ).toBe(7)
    expect(isFile('/srv/bundle/3/shop.py', 'shop.py') && isFile('shop.py', 'shop.py')).toBe(true)
    expect(isFile('/srv/workshop.py', 'shop.py') || isFile('/srv/shop.py', '')).toBe(false)
  })

  it('keep the source under its frame', () => {
    expect(parts[0]?.frames[1]).toEqual({
      file: '/usr/lib/python3.11/json/__init__.py',
      line: 346,
      name: 'loads',
      code: ['return _default_decoder.decode(s)', '       ^^^^^^^^^^^^^^^^^^^^^^^^^^'],
      own: false,
    })
  })

  it('show the frames of the user first', () => {
    const { shown, hidden } = shownFrames(parts[1]?.frames ?? [])
    expect(shown.map((frame) => frame.name)).toEqual(['quality'])
    expect(hidden).toBe(1)
    const libraries = parts[0]?.frames.filter((frame) => !frame.own) ?? []
    expect(shownFrames(libraries)).toEqual({ shown: libraries, hidden: 0 })
  })

  it('know whose a file is', () => {
    expect(['/home/ann/lib/etl.py', 'dags/a.py', 'C:\\dags\\a.py'].map(isOwn)).toEqual([true, true, true])
    expect(['<frozen importlib._bootstrap>', '/x/dist-packages/a.py', 'C:\\Python\\Lib\\json.py'].map(isOwn)).toEqual([
      false,
      false,
      false,
    ])
  })

  it('are text when they are none', () => {
    expect(parseTrace('exit status 3')).toEqual([{ tie: null, frames: [], error: 'exit status 3' }])
  })
})

describe('colours of terminals', () => {
  it('become tokens, bright ones too', () => {
    expect(pieces('a \u001b[1;31mred\u001b[0m \u001b[92mgreen\u001b[0m')).toEqual([
      { text: 'a ' },
      { text: 'red', color: 'var(--danger)', bold: true },
      { text: ' ' },
      { text: 'green', color: 'var(--state-success)' },
    ])
  })

  it('never put a colour on a coloured ground', () => {
    expect(pieces('\u001b[30;41mloud\u001b[0m')).toEqual([{ text: 'loud', on: 'var(--danger-soft)' }])
  })

  it('are no part of the text', () => {
    expect(plain('\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007')).toBe('red link')
    expect(plain('none')).toBe('none')
  })
})

describe('searching', () => {
  const text = matcher('a.b', false)
  const regex = matcher('a\\d+', true)

  it('takes a text as it is, and small for capital letters', () => {
    if (!text || 'wrong' in text) throw new Error('no matcher')
    expect(text.in('A.B axb a.b')).toEqual([
      [0, 3],
      [8, 11],
    ])
  })

  it('takes an expression, and says when it is none', () => {
    if (!regex || 'wrong' in regex) throw new Error('no matcher')
    expect(regex.in('a1 A2 a33')).toEqual([
      [0, 2],
      [6, 9],
    ])
    expect(matcher('(', true)).toHaveProperty('wrong')
    expect(matcher('', true)).toBeNull()
    const empty = matcher('x*', true)
    expect(empty && !('wrong' in empty) ? empty.in('ab') : null).toEqual([])
  })

  it('looks into tracebacks, not into colours', () => {
    const one = { ...record(0, '\u001b[31mred\u001b[0m'), error_detail: [{ traceback: 'boom' }] }
    expect(searchable(one)).toBe('red\nboom')
  })

  it('goes round the end', () => {
    expect([step([5, 9], null, 1), step([5, 9], 5, 1), step([5, 9], 9, 1), step([], 1, 1)]).toEqual([0, 1, 0, -1])
    expect([step([5, 9], null, -1), step([5, 9], 9, -1), step([5, 9], 5, -1)]).toEqual([1, 0, 1])
  })

  it('cuts coloured pieces where matches begin and end', () => {
    const runs = cut(
      [
        { text: 'abc', color: 'x' },
        { text: 'def', color: 'y' },
      ],
      [
        [1, 4],
        [5, 6],
      ],
    )
    expect(runs.map((run) => [run.text, run.of.color, run.hit])).toEqual([
      ['a', 'x', false],
      ['bc', 'x', true],
      ['d', 'y', true],
      ['e', 'y', false],
      ['f', 'y', true],
    ])
  })

  it('marks each place of the strip once', () => {
    expect(ticks([0, 1, 500_000, 999_999], 1_000_000)).toEqual([0, 500, 1000])
    expect(ticks([1], 0)).toEqual([])
  })
})

describe('groups', () => {
  const lines = [
    record(0, 'before'),
    record(1, '::group::Outer'),
    record(2, 'in outer'),
    record(3, '::group::Inner'),
    record(4, 'in inner'),
    record(5, '::endgroup::'),
    record(6, '::endgroup::'),
    record(7, 'after'),
    record(8, '::group::Fails'),
    record(9, 'broken', 'error'),
    record(10, '::endgroup::'),
    record(11, '::group::Open'),
    record(12, 'still going'),
  ]
  const shown = (turned: number[], target: number | null = null) =>
    rowsOf(lines, new Set(turned), target).map((row) => `${'-'.repeat(row.depth)}${row.key}`)

  it('are folded, but for errors and what has not ended', () => {
    expect(shown([])).toEqual(['0', '1', '7', '8', '-9', '11', '-12'])
    const outer = rowsOf(lines, new Set(), null).find((row) => row.key === 1)
    expect(outer).toMatchObject({ name: 'Outer', folded: true, lines: 2 })
  })

  it('open one by one', () => {
    expect(shown([1])).toEqual(['0', '1', '-2', '-3', '7', '8', '-9', '11', '-12'])
    expect(shown([1, 3])).toContain('--4')
    expect(shown([8])).not.toContain('-9')
  })

  it('open around the line that is looked for', () => {
    expect(shown([], 4)).toContain('--4')
    expect(groupsAround(lines, 4)).toEqual([1, 3])
    expect(groupsAround(lines, 7)).toEqual([])
  })

  it('whose beginning is not held do no harm', () => {
    expect(rowsOf([record(1, '::endgroup::'), record(2, 'x')], new Set(), null).map((row) => row.key)).toEqual([2])
  })
})

describe('the part that is held', () => {
  const part = (start: number, end: number) => ({
    records: Array.from({ length: end - start }, (_, index) => record(start + index, 'x')),
    start,
    end,
    size: 100,
  })

  it('grows at both ends', () => {
    const grown = before(after(part(40, 50), part(50, 60)), part(30, 40))
    expect([grown.start, grown.end, grown.records.length, atEnd(grown)]).toEqual([30, 60, 30, false])
    expect([holds(grown, 59), holds(grown, 60)]).toEqual([true, false])
  })

  it('lets go of the far end', () => {
    const down = after(part(0, 50), part(50, 60), 20)
    expect([down.start, down.end, down.records[0]?.offset]).toEqual([40, 60, 40])
    const up = before(part(50, 60), part(0, 50), 20)
    expect([up.start, up.end, up.records.at(-1)?.offset]).toEqual([0, 20, 19])
  })

  it('takes nothing that does not join', () => {
    expect(after(part(0, 10), part(20, 30))).toMatchObject({ start: 0, end: 10 })
    expect(before(part(20, 30), part(0, 10))).toMatchObject({ start: 20, end: 30 })
  })
})

describe('chosen lines', () => {
  it('are in the address', () => {
    expect(linesOf('#L120-L130')).toEqual({ from: 120, to: 130 })
    expect(linesOf('L9-L7')).toEqual({ from: 7, to: 9 })
    expect([linesOf('L0'), linesOf('x'), linesOf('L1-2'), linesOf('')]).toEqual([null, null, null, null])
    expect([hashOf({ from: 3, to: 3 }), hashOf({ from: 3, to: 5 })]).toEqual(['L3', 'L3-L5'])
  })

  it('grow with Shift', () => {
    expect(choose(null, 5, true)).toEqual({ from: 5, to: 5 })
    expect(choose({ from: 5, to: 6 }, 9, true)).toEqual({ from: 5, to: 9 })
    expect(choose({ from: 5, to: 6 }, 2, true)).toEqual({ from: 2, to: 6 })
    expect(choose({ from: 5, to: 6 }, 9, false)).toEqual({ from: 9, to: 9 })
  })
})

describe('lines in JSON', () => {
  it('have fields', () => {
    expect(structured('{"rows": 99}')).toEqual({ words: '', value: { rows: 99 } })
    expect(structured('loaded {"rows": [1, 2]} ')).toEqual({ words: 'loaded', value: { rows: [1, 2] } })
  })

  it('are not what only looks like it', () => {
    for (const text of ['{rows}', 'f{"a": 1}', '{}', '[]', '12', 'a [b] {"x": 1', '']) {
      expect(structured(text)).toBeNull()
    }
  })
})
