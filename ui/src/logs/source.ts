/**
 * A log as the page reads it: opens where it matters, grows at both ends as one scrolls, follows what is written.
 *
 * Used by `LogView` by way of `useSyncExternalStore`.  Whom it asks is an argument, so that tests need no server.
 */
import { type Matcher, searchable } from './search'
import type { Level, LogOutline, LogPart, LogRecord } from './types'
import { levelOf } from './types'
import { after, atEnd, atStart, before, holds, type Window, windowOf } from './window'

export type Ask = {
  range: (query: {
    offset?: number
    before?: number
    around?: number
    line?: number
    limit?: number
    level?: Level[]
  }) => Promise<LogPart>
  outline: () => Promise<LogOutline>
  search: (query: { text: string; offset: number; level?: Level[] }) => Promise<{
    offsets: number[]
    scanned: number
    complete: boolean
  }>
  /** Lines as they are written; returns how to stop. */
  follow: (
    offset: number,
    told: { records: (tail: { records: LogRecord[]; end: number; size: number }) => void; ended: () => void },
  ) => () => void
}

export type Opening = { at: 'start' | 'end' | 'error' } | { line: number } | { offset: number }

export type Found = { offsets: number[]; complete: boolean; scanned: number }

export type Snapshot = {
  window: Window | null
  outline: LogOutline | null
  files: LogPart['files']
  /** Where to look: bytes; `from`: so that the same place can be asked for again. */
  target: { offset: number; count: number } | null
  loading: 'open' | 'before' | 'after' | null
  following: boolean
  problem: unknown
  found: Found | null
}

const STEP = 512 * 1024
const SEARCHED = 2 * 1024 * 1024
const MOST_FOUND = 10_000

export class LogSource {
  private readonly watchers = new Set<() => void>()
  private stopFollowing: (() => void) | null = null
  /** Counts how often it was opened: an answer that is not awaited any more is dropped. */
  private turn = 0
  private searchTurn = 0
  private closed = false
  private levels: Level[] | undefined
  private matches: Matcher | null = null
  snapshot: Snapshot = {
    window: null,
    outline: null,
    files: [],
    target: null,
    loading: 'open',
    following: false,
    problem: null,
    found: null,
  }

  constructor(private readonly ask: Ask) {}

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  get = (): Snapshot => this.snapshot

  /** Show the log at this place, only lines of these levels (all, when undefined). */
  async open(opening: Opening, levels?: Level[]): Promise<void> {
    this.closed = false
    this.levels = levels
    this.unfollow()
    const turn = ++this.turn
    this.show({ loading: 'open', problem: null })
    try {
      const outlined = this.outlineStep()
      if ('at' in opening && opening.at !== 'error') {
        const part = await this.range(opening.at === 'start' ? { offset: 0 } : {})
        if (turn !== this.turn) return
        const shown = opening.at === 'end' ? part.records.at(-1) : part.records[0]
        this.settle(part, shown?.offset ?? null)
        await outlined
      } else {
        await outlined
        if (turn !== this.turn) return
        await this.openAt(opening, turn)
      }
      void this.completeOutline()
    } catch (error) {
      if (turn === this.turn) this.show({ problem: error, loading: null })
    }
  }

  private async openAt(opening: Opening, turn: number): Promise<void> {
    let outline = this.snapshot.outline
    let query: Parameters<Ask['range']>[0]
    let target: number | null = null
    if ('line' in opening) {
      while (outline && !outline.complete && outline.lines < opening.line && turn === this.turn) {
        outline = await this.outlineStep()
      }
      const line = Math.max(1, Math.min(opening.line, outline?.lines ?? opening.line))
      query = { line }
    } else {
      const offset = 'offset' in opening ? opening.offset : (outline?.last_error ?? null)
      target = offset
      query = offset === null ? {} : { around: offset }
    }
    const part = await this.range(query)
    if (turn !== this.turn) return
    if ('line' in opening) {
      const found = part.records.find((record) => record.line !== null && record.line >= opening.line)
      target = (found ?? part.records.at(-1))?.offset ?? null
    } else if (target === null) target = part.records.at(-1)?.offset ?? null
    this.settle(part, target)
  }

  /** Other levels, at about the same place. */
  setLevels(levels: Level[] | undefined, around: number | null): Promise<void> {
    return this.open(around === null ? { at: 'start' } : { offset: around }, levels)
  }

  async more(side: 'before' | 'after'): Promise<void> {
    const window = this.snapshot.window
    if (!window || this.snapshot.loading !== null) return
    if (side === 'before' ? atStart(window) : atEnd(window)) return
    const turn = this.turn
    this.show({ loading: side, problem: null })
    try {
      const part = await this.range(
        side === 'before' ? { before: window.start, limit: STEP } : { offset: window.end, limit: STEP },
      )
      const now = this.snapshot.window
      if (turn !== this.turn || !now) return
      const next = side === 'before' ? before(now, part) : after(now, part)
      // an end that is not the file's any more: what is written goes on somewhere else
      if (!atEnd(next)) this.unfollow()
      this.show({ window: next, loading: null })
      this.followIfAtEnd(part.active)
    } catch (error) {
      if (turn === this.turn) this.show({ problem: error, loading: null })
    }
  }

  /** Look at a line: from what is held, or from the server. */
  async goTo(offset: number): Promise<void> {
    if (this.snapshot.window && holds(this.snapshot.window, offset)) {
      this.show({ target: this.aim(offset) })
      return
    }
    await this.open({ offset }, this.levels)
  }

  goToLine(line: number): Promise<void> {
    const held = this.snapshot.window?.records.find((record) => record.line === line)
    if (held) {
      this.show({ target: this.aim(held.offset) })
      return Promise.resolve()
    }
    return this.open({ line }, this.levels)
  }

  /** The line that starts at a byte, whatever its level. */
  async record(offset: number): Promise<LogRecord | null> {
    const part = await this.ask.range({ offset, limit: 1 }).catch(() => null) // the card is left out, the log says it
    return part?.records[0] ?? null
  }

  /** Look for something in the whole log; the places come as they are found. */
  async search(matches: Matcher | null): Promise<void> {
    this.matches = matches
    const turn = ++this.searchTurn
    if (!matches) {
      this.show({ found: null })
      return
    }
    let offsets: number[] = []
    let scanned = 0
    this.show({ found: { offsets, scanned, complete: false } })
    try {
      for (;;) {
        const step = matches.regex ? await this.regexStep(matches, scanned) : await this.textStep(matches, scanned)
        if (turn !== this.searchTurn || this.closed) return
        const stuck = !step.complete && step.scanned <= scanned
        scanned = step.scanned
        offsets = [...offsets, ...step.offsets].slice(0, MOST_FOUND)
        const complete = step.complete || stuck || offsets.length >= MOST_FOUND
        this.show({ found: { offsets, scanned, complete } })
        if (complete) return
      }
    } catch (error) {
      if (turn === this.searchTurn) this.show({ problem: error, found: { offsets, scanned, complete: true } })
    }
  }

  private textStep(matches: Matcher, offset: number) {
    return this.ask.search({ text: matches.text, offset, ...(this.levels ? { level: this.levels } : {}) })
  }

  /** A regular expression is tried here, not on the server: one that takes for ever holds up nobody else. */
  private async regexStep(matches: Matcher, offset: number) {
    const part = await this.range({ offset, limit: SEARCHED })
    const hits = part.records.filter((record) => matches.in(searchable(record)).length > 0)
    return { offsets: hits.map((record) => record.offset), scanned: part.end, complete: part.end >= part.size }
  }

  close(): void {
    this.closed = true
    this.turn += 1
    this.searchTurn += 1
    this.unfollow()
  }

  private range(query: Parameters<Ask['range']>[0]): Promise<LogPart> {
    return this.ask.range({ ...query, ...(this.levels ? { level: this.levels } : {}) })
  }

  private settle(part: LogPart, target: number | null): void {
    this.show({
      window: windowOf(part),
      files: part.files,
      loading: null,
      target: target === null ? null : this.aim(target),
    })
    this.followIfAtEnd(part.active)
  }

  private aim(offset: number): { offset: number; count: number } {
    return { offset, count: (this.snapshot.target?.count ?? 0) + 1 }
  }

  private async outlineStep(): Promise<LogOutline | null> {
    const outline = await this.ask.outline()
    if (!this.closed) this.show({ outline })
    return outline
  }

  /** The outline of a large log comes in pieces; with it the lines get their numbers. */
  private async completeOutline(): Promise<void> {
    const turn = this.turn
    let outline = this.snapshot.outline
    while (outline && !outline.complete && turn === this.turn && !this.closed) {
      const scanned: number = outline.scanned
      outline = await this.outlineStep()
      if (outline && outline.scanned <= scanned) return // the rest is a line that is still being written
    }
    const window = this.snapshot.window
    const unnumbered = window?.records.some((record) => record.line === null)
    if (turn !== this.turn || this.closed || !window || !unnumbered) return
    const part = await this.range({ offset: window.start, limit: Math.max(1, window.end - window.start) })
    const now = this.snapshot.window
    if (turn !== this.turn || !now) return
    const numbers = new Map(part.records.map((record) => [record.offset, record.line]))
    const records = now.records.map((record) => ({
      ...record,
      line: record.line ?? numbers.get(record.offset) ?? null,
    }))
    this.show({ window: { ...now, records } })
  }

  private followIfAtEnd(active: boolean): void {
    const window = this.snapshot.window
    if (!active || !window || this.stopFollowing || this.closed || !atEnd(window)) return
    this.show({ following: true })
    this.stopFollowing = this.ask.follow(window.end, {
      records: (tail) => this.added(tail),
      ended: () => {
        this.unfollow()
        void this.outlineStep().catch((error: unknown) => this.show({ problem: error }))
      },
    })
  }

  private added(tail: { records: LogRecord[]; end: number; size: number }): void {
    const { window, outline, found } = this.snapshot
    if (!window || tail.end <= window.end) return
    const wanted = this.levels ? tail.records.filter((record) => this.levels?.includes(levelOf(record))) : tail.records
    const next = after(window, { records: wanted, start: window.end, end: tail.end, size: tail.size })
    const counts = { ...outline?.counts }
    for (const record of tail.records) {
      if (outline && record.offset >= outline.scanned) counts[levelOf(record)] = (counts[levelOf(record)] ?? 0) + 1
    }
    const matches = this.matches
    const hits = matches ? wanted.filter((record) => matches.in(searchable(record)).length > 0) : []
    this.show({
      window: next,
      ...(outline
        ? { outline: { ...outline, counts, scanned: Math.max(outline.scanned, tail.end), size: tail.size } }
        : {}),
      ...(found && hits.length > 0
        ? { found: { ...found, offsets: [...found.offsets, ...hits.map((record) => record.offset)] } }
        : {}),
    })
  }

  private unfollow(): void {
    this.stopFollowing?.()
    this.stopFollowing = null
    if (this.snapshot.following) this.show({ following: false })
  }

  private show(change: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...change }
    for (const watcher of this.watchers) watcher()
  }
}
