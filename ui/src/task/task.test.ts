import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { duration, relative } from '@/format/time'
import en from '@/i18n/en/task.json'
import ko from '@/i18n/ko/task.json'
import { columnsOf, languageOf, tokens } from './records'
import { taskSearch } from './search'
import { attemptState, taskSentence, triesOf } from './sentence'

type Instance = Schemas['TaskInstancePart']
const NOW = Date.parse('2026-11-22T09:00:00Z')

function attempt(number: number, state: string, error_type: string | null = null, message = '') {
  return {
    attempt_id: `${number} ${state}`,
    try_number: number,
    state,
    queued_at: '2026-11-22T08:00:00Z',
    start_date: null,
    end_date: null,
    duration_seconds: null,
    hostname: null,
    pid: null,
    error_type,
    message,
  }
}

const BASE: Instance = {
  id: 'i',
  state: 'failed',
  reason: 'its last try failed',
  try_number: 2,
  tries: 3,
  queued_at: null,
  start_date: '2026-11-22T08:57:00Z',
  end_date: '2026-11-22T09:00:00Z',
  next_at: null,
  duration_seconds: 180,
  hostname: null,
  pid: null,
  pool: 'default_pool',
  pool_slots: 1,
  queue: 'default',
  executor: null,
  priority_weight: 1,
  note: null,
  attempts: [attempt(1, 'failed', 'OSError', 'x'), attempt(2, 'failed', 'builtins.ValueError', 'row count 99 < 100')],
  links: {},
}

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    resources: { en: { task: en }, ko: { task: ko } },
    interpolation: { escapeValue: false },
    ns: ['task'],
    defaultNS: 'task',
  })
})

function said(change: Partial<Instance>, language: 'en' | 'ko' = 'en'): string {
  return taskSentence(
    { ...BASE, ...change },
    {
      say: i18next.getFixedT(language, 'task') as never,
      duration: (seconds) => duration(seconds, language),
      relative: (at) => relative(at, language, NOW),
    },
    NOW,
  )
}

describe('what is said of a task instance', () => {
  it('says how long, on which try, and what was raised', () => {
    expect(said({})).toBe('Failed after 3 m on try 2 of 3: ValueError: row count 99 < 100')
    expect(said({}, 'ko')).toBe('3분 만에 실패 (시도 2/3): ValueError: row count 99 < 100')
  })

  it('says nothing of tries where there is one', () => {
    expect(said({ state: 'success', try_number: 1, tries: 1 })).toBe('Succeeded after 3 m')
    expect(said({ state: 'success', duration_seconds: null, try_number: 0 })).toBe('Succeeded')
  })

  it('counts while it runs, and says when it is tried again', () => {
    expect(said({ state: 'running', end_date: null })).toBe('Running for 3 m on try 2 of 3')
    expect(said({ state: 'up_for_retry', next_at: '2026-11-22T09:04:00Z' })).toBe(
      'Failed on try 2 of 3: ValueError: row count 99 < 100; tries again in 4 minutes',
    )
  })

  it('gives the reason where nothing was raised', () => {
    const nothing = { attempts: [], try_number: 0 }
    expect(said({ ...nothing, state: 'skipped', reason: 'the branch went elsewhere' })).toBe(
      'Skipped: the branch went elsewhere',
    )
    expect(said({ ...nothing, state: 'upstream_failed', reason: null })).toBe('Did not run')
  })

  it('keeps backticks of others out of the code, and is never long', () => {
    const attempts = [attempt(2, 'failed', 'E', `\`x\` ${'y'.repeat(500)}`)]
    expect(said({ attempts })).toMatch(/: E: ´x´ y+…$/)
    expect(said({ attempts }).length).toBeLessThan(350)
  })
})

describe('tries', () => {
  it('have their attempts', () => {
    const attempts = [attempt(1, 'lost'), attempt(1, 'failed'), attempt(2, 'success')]
    expect(triesOf(attempts).map((one) => [one.number, one.attempts.length])).toEqual([
      [1, 2],
      [2, 1],
    ])
    expect(['lost', 'rescheduled', 'success'].map(attemptState)).toEqual(['failed', 'up_for_reschedule', 'success'])
  })
})

describe('the address', () => {
  it('keeps what is understood', () => {
    expect(taskSearch({ map_index: '3', tab: 'xcom', try: 2, find: 12, levels: 'error', with: -1, re: 1 })).toEqual({
      map_index: 3,
      tab: 'xcom',
      try: 2,
      find: '12',
      levels: 'error',
      re: 1,
    })
    expect(taskSearch({ tab: 'nonsense', try: 'x' })).toEqual({})
  })
})

describe('values', () => {
  it('are tables when they are flat records', () => {
    expect(columnsOf([{ a: 1 }, { b: null, a: 'x' }])).toEqual(['a', 'b'])
    for (const value of [[], [1], [{ a: [1] }], { a: 1 }, [{}], 'x', null]) expect(columnsOf(value)).toBeNull()
  })

  it('are code by the name of their field', () => {
    expect(['sql', 'bash_command', 'op_kwargs.query', 'python_code', 'cwd'].map(languageOf)).toEqual([
      'sql',
      'bash',
      'sql',
      'python',
      'text',
    ])
  })

  it('come in coloured pieces that are the text', () => {
    const text = "SELECT a, 12 FROM t -- all\nWHERE b = 'from'"
    const found = tokens(text, 'sql')
    expect(found.map((token) => token.text).join('')).toBe(text)
    expect(found.filter((token) => token.kind !== 'plain').map((token) => [token.text, token.kind])).toEqual([
      ['SELECT', 'word'],
      ['12', 'number'],
      ['FROM', 'word'],
      ['-- all', 'comment'],
      ['WHERE', 'word'],
      ["'from'", 'string'],
    ])
    expect(tokens('x', 'text')).toEqual([{ text: 'x', kind: 'plain' }])
  })
})
