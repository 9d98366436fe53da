/** Colours of terminals as tokens of the pages, so that they keep their contrast in both themes.  Pure. */
import Anser from 'anser'

export type Piece = { text: string; color?: string; bold?: boolean; faint?: boolean; underline?: boolean; on?: string }

/** Foreground by the name that Anser gives it; bright ones are the same: on our ground they would not be read. */
const TOKENS: Record<string, string> = {
  black: 'var(--ink)',
  red: 'var(--danger)',
  green: 'var(--state-success)',
  yellow: 'var(--warning)',
  blue: 'var(--state-running)',
  magenta: 'var(--state-skipped)',
  cyan: 'var(--link)',
  white: 'var(--ink)',
}
/** Grounds are soft: any text of ours can be read on them. */
const GROUNDS: Record<string, string> = {
  black: 'var(--sunken)',
  red: 'var(--danger-soft)',
  green: 'var(--good-soft)',
  yellow: 'var(--warning-soft)',
  blue: 'var(--brand-soft)',
  magenta: 'var(--danger-soft)',
  cyan: 'var(--brand-soft)',
  white: 'var(--sunken)',
}
const ESCAPE = '\u001b'
// biome-ignore lint/suspicious/noControlCharactersInRegex: links and titles of terminals begin and end with them
const TITLES = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g

/** Of the 256 colours the first 16 have names; what has none stays as it is. */
function token(name: string | null, of: Record<string, string>): string | undefined {
  return of[/^ansi-(?:bright-)?(\w+)$/.exec(name ?? '')?.[1] ?? '']
}

export function pieces(text: string): Piece[] {
  if (!text.includes(ESCAPE)) return [{ text }]
  return Anser.ansiToJson(text.replace(TITLES, ''), { use_classes: true, remove_empty: true }).map((part) => {
    const has = (name: string) => part.decorations.includes(name as never)
    const color = token(part.fg, TOKENS)
    const on = token(part.bg, GROUNDS)
    return {
      text: part.content,
      ...(color && !on ? { color } : {}),
      ...(on ? { on } : {}),
      ...(has('bold') ? { bold: true } : {}),
      ...(has('dim') ? { faint: true } : {}),
      ...(has('underline') ? { underline: true } : {}),
    }
  })
}

/** The text without colours: what is searched and copied. */
export function plain(text: string): string {
  return text.includes(ESCAPE)
    ? pieces(text)
        .map((piece) => piece.text)
        .join('')
    : text
}
