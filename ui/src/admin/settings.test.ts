import { expect, test } from 'vitest'
import type { Schemas } from '@/api/client'
import { matching } from './settings'

function setting(key: string, more: Partial<Schemas['SettingPart']> = {}): Schemas['SettingPart'] {
  return {
    section: 'tradewind',
    key,
    value: '',
    default: '',
    origin: 'default',
    where: '',
    changed: false,
    aliases: [],
    ...more,
  }
}

const ALL = [
  setting('slots', {
    value: '7',
    changed: true,
    where: '/home/airflow.cfg [core] parallelism',
    aliases: ['core.parallelism'],
  }),
  setting('port', { value: '8080' }),
]
const names = (found: Schemas['SettingPart'][]) => found.map((each) => each.key)

test('a setting is found by its names, its value and where it was set', () => {
  expect(names(matching(ALL, '', false))).toEqual(['slots', 'port'])
  expect(names(matching(ALL, 'Tradewind.P', false))).toEqual(['port'])
  expect(names(matching(ALL, 'core.par', false))).toEqual(['slots'])
  expect(names(matching(ALL, '8080', false))).toEqual(['port'])
  expect(names(matching(ALL, 'airflow.cfg', false))).toEqual(['slots'])
  expect(names(matching(ALL, '', true))).toEqual(['slots'])
  expect(names(matching(ALL, 'port', true))).toEqual([])
})
