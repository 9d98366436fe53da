/** Python's tracebacks: which frames are the user's own, which are those of libraries.  Pure. */

export type Frame = {
  file: string
  line: number
  name: string
  /** The lines of source and the marks under them, without their common indent. */
  code: string[]
  /** Code of the user, neither the standard library nor an installed package. */
  own: boolean
}

export type TracePart = {
  /** `during` and `cause`: how it is tied to the part before. */
  tie: 'cause' | 'during' | null
  frames: Frame[]
  /** Class and text of the exception, and what else stands after the frames. */
  error: string
}

const PLACE = /^(\s*)File "(.*)", line (\d+)(?:, in (.*))?$/
const LIBRARY =
  /[\\/](?:site|dist)-packages[\\/]|[\\/]lib[\\/]python\d|[\\/]Lib[\\/]|^<frozen |[\\/]tradewind[\\/]\w+[\\/]/
const CAUSE = 'The above exception was the direct cause of the following exception:'
const DURING = 'During handling of the above exception, another exception occurred:'

export function isOwn(file: string): boolean {
  return !LIBRARY.test(file)
}

/** A traceback in its parts, the exception that ended the task last.  What is no traceback is one part of text. */
export function parseTrace(text: string): TracePart[] {
  const parts: TracePart[] = []
  let part: TracePart = { tie: null, frames: [], error: '' }
  let error: string[] = []
  let frame: Frame | null = null
  const close = () => {
    part.error = error.join('\n').trim()
    if (part.frames.length > 0 || part.error) parts.push(part)
    error = []
    frame = null
  }
  for (const line of text.replace(/\n+$/, '').split('\n')) {
    if (line.trim() === CAUSE || line.trim() === DURING) {
      close()
      part = { tie: line.trim() === CAUSE ? 'cause' : 'during', frames: [], error: '' }
      continue
    }
    const place = PLACE.exec(line)
    if (place && error.join('').trim() === '') {
      const file = place[2] ?? ''
      frame = { file, line: Number(place[3]), name: place[4] ?? '', code: [], own: isOwn(file) }
      part.frames.push(frame)
      error = []
    } else if (frame && (line.startsWith('    ') || /^\s+\[Previous line repeated/.test(line))) {
      frame.code.push(line)
    } else if (line.trim() === 'Traceback (most recent call last):' && error.join('').trim() === '') {
      error = []
    } else {
      frame = null
      error.push(line)
    }
  }
  close()
  for (const one of parts) for (const each of one.frames) each.code = dedent(each.code)
  return parts
}

function dedent(lines: string[]): string[] {
  const indent = Math.min(...lines.map((line) => line.search(/\S|$/)))
  return Number.isFinite(indent) ? lines.map((line) => line.slice(indent)) : lines
}

/** What the card shows first: the user's frames; where there are none, the last two. */
export function shownFrames(frames: Frame[]): { shown: Frame[]; hidden: number } {
  const own = frames.filter((frame) => frame.own)
  const shown = own.length > 0 ? own : frames.slice(-2)
  return { shown, hidden: frames.length - shown.length }
}

/** The line to look at: the innermost of the user's own, else the innermost. */
export function culprit(frames: Frame[]): Frame | undefined {
  return frames.findLast((frame) => frame.own) ?? frames.at(-1)
}

/** Whether a path of a worker is the file of this name, which is relative to the folder of a bundle. */
export function isFile(path: string, relative: string): boolean {
  const place = path.replaceAll('\\', '/')
  return relative !== '' && (place === relative || place.endsWith(`/${relative}`))
}
