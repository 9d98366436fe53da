/** Rights on DAGs as lines that people write: `dag:my_dag=read`, `pattern:sales_*=run`, `tag:finance=read`. */
import type { Schemas } from '@/api/client'

export type Right = Schemas['DagRight']

const LINE = /^(dag|pattern|tag):(.+)=(read|run)$/

export const toLines = (rights: readonly Right[]): string =>
  rights.map((right) => `${right.kind}:${right.value}=${right.may}`).join('\n')

/** The rights, or the first line that is none. */
export function fromLines(text: string): Right[] | { wrong: string } {
  const found: Right[] = []
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue
    const match = LINE.exec(line)
    if (!match) return { wrong: line }
    found.push({ kind: match[1] as Right['kind'], value: (match[2] as string).trim(), may: match[3] as Right['may'] })
  }
  return found
}
