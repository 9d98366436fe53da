/** The part of a log that the page holds: whole lines between two bytes, grown at both ends, never too large.  Pure. */
import type { LogRecord } from './types'

export type Window = { records: LogRecord[]; start: number; end: number; size: number }
export type Piece = Pick<Window, 'records' | 'start' | 'end' | 'size'>

/** So many lines are held; of more the far end is let go, and fetched again when it is looked at. */
export const MOST_LINES = 50_000

export function windowOf(part: Piece): Window {
  return { records: part.records, start: part.start, end: part.end, size: part.size }
}

/** What comes after.  What does not join is left out: it was asked for before something else changed. */
export function after(window: Window, part: Piece, most = MOST_LINES): Window {
  if (part.start !== window.end) return { ...window, size: Math.max(window.size, part.size) }
  const records = [...window.records, ...part.records]
  const size = Math.max(part.size, part.end)
  if (records.length <= most) return { records, start: window.start, end: part.end, size }
  const kept = records.slice(-most)
  return { records: kept, start: kept[0]?.offset ?? part.end, end: part.end, size }
}

/** What comes before. */
export function before(window: Window, part: Piece, most = MOST_LINES): Window {
  if (part.end !== window.start) return { ...window, size: Math.max(window.size, part.size) }
  const records = [...part.records, ...window.records]
  const size = Math.max(window.size, part.size)
  if (records.length <= most) return { records, start: part.start, end: window.end, size }
  const kept = records.slice(0, most)
  return { records: kept, start: part.start, end: records[most]?.offset ?? window.end, size }
}

export function atStart(window: Window): boolean {
  return window.start === 0
}

export function atEnd(window: Window): boolean {
  return window.end >= window.size
}

/** Whether a byte lies in what is held. */
export function holds(window: Window, offset: number): boolean {
  return offset >= window.start && offset < window.end
}

export type Lines = { from: number; to: number }

/** `L120` and `L120-L130`, as in the address after `#`. */
export function linesOf(hash: string): Lines | null {
  const match = /^#?L(\d{1,15})(?:-L(\d{1,15}))?$/.exec(hash)
  if (!match) return null
  const one = Number(match[1])
  const other = match[2] === undefined ? one : Number(match[2])
  return one < 1 || other < 1 ? null : { from: Math.min(one, other), to: Math.max(one, other) }
}

export function hashOf({ from, to }: Lines): string {
  return from === to ? `L${from}` : `L${from}-L${to}`
}

/** A click chooses a line, a click with Shift all from the chosen one to it. */
export function choose(chosen: Lines | null, line: number, further: boolean): Lines {
  if (!chosen || !further) return { from: line, to: line }
  return line < chosen.from ? { from: line, to: chosen.to } : { from: chosen.from, to: line }
}
