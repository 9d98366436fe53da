import { expect, test } from 'vitest'
import { fromLines, toLines } from './rights'

test('lines become rights and back', () => {
  const text = 'dag:a=read\npattern:sales_*=run\ntag:x=y=run'
  const rights = fromLines(`  ${text}\n\n`)
  expect(rights).toEqual([
    { kind: 'dag', value: 'a', may: 'read' },
    { kind: 'pattern', value: 'sales_*', may: 'run' },
    { kind: 'tag', value: 'x=y', may: 'run' },
  ])
  expect(toLines(rights as never)).toBe(text)
})

test('a line that is no right is named', () => {
  expect(fromLines('dag:a=read\nsales=read')).toEqual({ wrong: 'sales=read' })
  expect(fromLines('dag:a=write')).toEqual({ wrong: 'dag:a=write' })
  expect(fromLines('')).toEqual([])
})
