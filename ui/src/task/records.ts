/** Lists that are tables.  Pure. */

const MOST_COLUMNS = 40

/** The columns of a list of flat records, in the order in which they come; null: this is no table. */
export function columnsOf(value: unknown): string[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const columns = new Set<string>()
  for (const row of value.slice(0, 1000)) {
    if (row === null || typeof row !== 'object' || Array.isArray(row)) return null
    for (const [name, cell] of Object.entries(row)) {
      if (cell !== null && typeof cell === 'object') return null
      columns.add(name)
    }
    if (columns.size > MOST_COLUMNS) return null
  }
  return columns.size > 0 ? [...columns] : null
}

export type Language = 'sql' | 'bash' | 'python' | 'json' | 'text'

/** What a rendered field is written in, by its name: what operators call such fields. */
export function languageOf(name: string): Language {
  const last = name.split('.').at(-1) ?? name
  if (/sql|^hql$|^query$/i.test(last)) return 'sql'
  if (/bash|command|^cmds?$/i.test(last)) return 'bash'
  if (/^python_?(code|callable_source)?$|^py$/i.test(last)) return 'python'
  return 'text'
}

export type Token = { text: string; kind: 'word' | 'string' | 'comment' | 'number' | 'plain' }

const WORDS: Record<'sql' | 'bash' | 'python', string> = {
  sql: 'select|from|where|join|left|right|inner|outer|full|cross|on|group|order|by|having|limit|offset|insert|into|values|update|set|delete|create|table|view|index|drop|alter|add|as|and|or|not|null|is|in|exists|between|like|case|when|then|else|end|union|all|distinct|with|merge|using|matched|over|partition|returning|truncate|begin|commit|primary|key|default',
  bash: 'if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|return|exit|export|local|set|echo|cd|source|trap',
  python:
    'def|class|return|if|elif|else|for|while|in|is|not|and|or|import|from|as|with|try|except|finally|raise|lambda|yield|async|await|pass|break|continue|None|True|False|global|nonlocal|del|assert',
}
const COMMENT = { sql: '--[^\\n]*|/\\*[\\s\\S]*?\\*/', bash: '(?<=^|\\s)#[^\\n]*', python: '#[^\\n]*' }
const STRING = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'`

/** Code in pieces to colour. */
export function tokens(text: string, language: Language): Token[] {
  if (language === 'text' || language === 'json') return [{ text, kind: 'plain' }]
  const pattern = new RegExp(
    `(${COMMENT[language]})|(${STRING})|\\b(${WORDS[language]})\\b|\\b(\\d[\\d._]*)\\b`,
    language === 'sql' ? 'gim' : 'gm',
  )
  const found: Token[] = []
  let at = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), kind: 'plain' })
    const kind = match[1] ? 'comment' : match[2] ? 'string' : match[3] ? 'word' : 'number'
    found.push({ text: match[0], kind })
    at = match.index + match[0].length
  }
  if (at < text.length) found.push({ text: text.slice(at), kind: 'plain' })
  return found
}
