import { describe, expect, it } from 'vitest'
import { matcher } from './search'
import { type Ask, LogSource } from './source'
import { type Level, type LogOutline, type LogPart, type LogRecord, levelOf } from './types'

const SIZE = 10
const PIECE = 1_000_000

/** A server with one file: each line is ten bytes long. */
class Server {
  active = false
  asked: string[] = []
  private tail: Parameters<Ask['follow']>[1] | null = null
  private scanned = 0

  constructor(readonly lines: { event: string; level: Level }[]) {}

  ask: Ask = {
    range: async (query) => {
      this.asked.push(JSON.stringify(query))
      const { offset, before, around, line, limit = 256 * 1024, level } = query
      const count = Math.max(1, Math.floor(limit / SIZE))
      const middle = line !== undefined ? line - 1 : around !== undefined ? Math.ceil(around / SIZE) : null
      let first: number
      let last: number
      if (offset !== undefined) [first, last] = [Math.ceil(offset / SIZE), Math.ceil(offset / SIZE) + count]
      else if (middle !== null) [first, last] = [middle - Math.floor(count / 2), middle + Math.floor(count / 2)]
      else {
        last = before === undefined ? this.lines.length : Math.floor(before / SIZE)
        first = last - count
      }
      return this.part(Math.max(0, first), Math.min(this.lines.length, last), level)
    },
    outline: async () => {
      this.asked.push('outline')
      this.scanned = Math.min(this.lines.length * SIZE, this.scanned + PIECE)
      return this.outline()
    },
    search: async ({ text, offset }) => {
      const from = offset / SIZE
      const to = Math.min(this.lines.length, from + PIECE / SIZE)
      const hits = this.records(from, to).filter((record) => record.event.includes(text))
      return { offsets: hits.map((hit) => hit.offset), scanned: to * SIZE, complete: to === this.lines.length }
    },
    follow: (offset, told) => {
      this.asked.push(`follow ${offset}`)
      this.tail = told
      return () => {
        this.tail = null
      }
    },
  }

  get followed(): boolean {
    return this.tail !== null
  }

  write(...events: string[]): void {
    const from = this.lines.length
    this.lines.push(...events.map((event) => ({ event, level: 'info' as const })))
    const end = this.lines.length * SIZE
    this.tail?.records({ records: this.records(from, this.lines.length), end, size: end })
  }

  end(): void {
    this.active = false
    this.tail?.ended()
  }

  private records(from: number, to: number): LogRecord[] {
    return this.lines.slice(from, to).map(({ event, level }, index) => ({
      offset: (from + index) * SIZE,
      line: (from + index) * SIZE <= this.scanned ? from + index + 1 : null,
      timestamp: null,
      level,
      event,
      logger: null,
      filename: null,
      lineno: null,
      error_detail: null,
      truncated: false,
    }))
  }

  private part(first: number, last: number, level?: Level[]): LogPart {
    return {
      try_number: 1,
      files: [],
      file: 0,
      records: this.records(first, last).filter((record) => !level || level.includes(levelOf(record))),
      start: first * SIZE,
      end: last * SIZE,
      size: this.lines.length * SIZE,
      active: this.active,
    }
  }

  private outline(): LogOutline {
    const seen = this.lines.slice(0, this.scanned / SIZE)
    const errors = seen.flatMap((line, index) => (line.level === 'error' ? [index * SIZE] : []))
    const last = this.lines.findLastIndex((line) => line.level === 'error')
    return {
      try_number: 1,
      file: 0,
      size: this.lines.length * SIZE,
      active: this.active,
      complete: seen.length === this.lines.length,
      scanned: this.scanned,
      lines: seen.length,
      counts: { info: seen.length - errors.length, error: errors.length },
      errors,
      last_error: last < 0 ? null : last * SIZE,
      groups: [],
      marks: [],
    }
  }
}

function serverOf(count: number, errors: number[] = []): Server {
  return new Server(
    Array.from({ length: count }, (_, index) => ({
      event: `line ${index + 1}`,
      level: errors.includes(index) ? ('error' as const) : ('info' as const),
    })),
  )
}

async function settled(source: LogSource, ready: (source: LogSource) => boolean): Promise<void> {
  if (ready(source)) return
  await new Promise<void>((done) => {
    const stop = source.watch(() => {
      if (!ready(source)) return
      stop()
      done()
    })
  })
}

const numbered = (source: LogSource) => source.get().window?.records.every((record) => record.line !== null) ?? false

describe('a log of 200,000 lines', () => {
  it('opens at its error with one part of it, and gets its numbers when the outline is complete', async () => {
    const server = serverOf(200_000, [150_000])
    const source = new LogSource(server.ask)
    await source.open({ at: 'error' })
    const opened = source.get()
    expect(server.asked.slice(0, 2)).toEqual(['outline', '{"around":1500000}'])
    expect(opened.target?.offset).toBe(1_500_000)
    expect(opened.window?.records.length).toBeLessThan(30_000)
    await settled(source, numbered)
    const window = source.get().window
    expect(window?.records.find((record) => record.offset === 1_500_000)?.line).toBe(150_001)
    expect(source.get().outline?.counts).toEqual({ info: 199_999, error: 1 })
  })

  it('grows as one scrolls, and lets go of what is far', async () => {
    const source = new LogSource(serverOf(200_000).ask)
    await source.open({ at: 'start' })
    expect(source.get().target?.offset).toBe(0)
    while ((source.get().window?.end ?? 0) < 1_900_000) await source.more('after')
    const window = source.get().window
    expect(window?.records.length).toBe(50_000)
    expect(window?.end).toBeGreaterThanOrEqual(1_900_000)
    await source.more('before')
    expect(source.get().window?.start).toBeLessThan(window?.start ?? 0)
  })

  it('is opened at a line that is linked to', async () => {
    const source = new LogSource(serverOf(200_000).ask)
    await source.open({ line: 190_000 })
    const { window, target } = source.get()
    expect(window?.records.find((record) => record.offset === target?.offset)?.event).toBe('line 190000')
    await source.open({ line: 999_999_999 })
    expect(source.get().window?.records.at(-1)?.event).toBe('line 200000')
  })

  it('is searched in pieces, by the server for a text and here for an expression', async () => {
    const source = new LogSource(serverOf(200_000).ask)
    await source.open({ at: 'start' })
    for (const [text, regex] of [
      ['line 19999', false],
      ['line 19999\\d?$', true],
    ] as const) {
      await source.search(matcher(text, regex) as never)
      expect(source.get().found).toEqual({
        offsets: [199_980, ...Array.from({ length: 10 }, (_, index) => 1_999_890 + index * 10)],
        scanned: 2_000_000,
        complete: true,
      })
    }
    await source.goTo(1_999_890)
    expect(source.get().window?.records.some((record) => record.event === 'line 199990')).toBe(true)
  })

  it('shows only the levels that are wanted', async () => {
    const source = new LogSource(serverOf(200_000, [5, 199_999]).ask)
    await source.open({ at: 'start' }, ['error'])
    expect(source.get().window?.records.map((record) => record.event)).toEqual(['line 6'])
    await source.setLevels(undefined, 50)
    expect(source.get().window?.records.some((record) => record.event === 'line 1')).toBe(true)
  })
})

describe('a log that grows', () => {
  it('is followed from its end, searched as it comes, and left when it is over', async () => {
    const server = serverOf(10)
    server.active = true
    const source = new LogSource(server.ask)
    await source.open({ at: 'end' })
    expect(source.get().following).toBe(true)
    expect(server.asked).toContain('follow 100')
    await source.search(matcher('new', false) as never)
    server.write('new one', 'other')
    expect(source.get().window?.records.at(-1)?.event).toBe('other')
    expect(source.get().found?.offsets).toEqual([100])
    expect(source.get().outline?.counts.info).toBe(12)
    server.end()
    expect(source.get().following).toBe(false)
    expect(server.followed).toBe(false)
  })

  it('is not followed by who reads elsewhere, until he comes to the end', async () => {
    const server = serverOf(200_000)
    server.active = true
    const source = new LogSource(server.ask)
    await source.open({ at: 'start' })
    expect(source.get().following).toBe(false)
    while (!source.get().following) await source.more('after')
    expect(server.followed).toBe(true)
    source.close()
    expect(server.followed).toBe(false)
  })
})

describe('a server that does not answer', () => {
  it('is said to be the problem', async () => {
    const server = serverOf(10)
    const source = new LogSource({ ...server.ask, range: () => Promise.reject(new Error('gone')) })
    await source.open({ at: 'start' })
    expect(source.get()).toMatchObject({ problem: new Error('gone'), loading: null, window: null })
  })

  it('has no say when something else was asked for since', async () => {
    const server = serverOf(10)
    let release = () => {}
    const slow: Ask = {
      ...server.ask,
      range: async (query) => {
        if (query.offset === 0) await new Promise<void>((done) => (release = done))
        return server.ask.range(query)
      },
    }
    const source = new LogSource(slow)
    const first = source.open({ at: 'start' })
    await source.open({ line: 7 })
    release()
    await first
    expect(source.get().target?.offset).toBe(60)
  })
})
