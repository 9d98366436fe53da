import { describe, expect, it } from 'vitest'
import { recorded } from './again'
import enRecorded from './en/recorded.json'
import enRhythm from './en/rhythm.json'
import enSaid from './en/said.json'
import enWaits from './en/waits.json'
import koRecorded from './ko/recorded.json'
import koRhythm from './ko/rhythm.json'
import koSaid from './ko/said.json'
import koWaits from './ko/waits.json'
import { inWords, type Language, type Said } from './said'

const en = { ...enSaid, ...enWaits, ...enRhythm, ...enRecorded }
const ko = { ...koSaid, ...koWaits, ...koRhythm, ...koRecorded }

function language(texts: object): Language {
  const find = (key: string): unknown =>
    key.split('.').reduce((at: unknown, part) => (at as Record<string, unknown> | undefined)?.[part], texts)
  return {
    text: (key, values) => {
      const plural = values.count === 1 ? '_one' : '_other'
      const text = find(key) ?? find(`${key}${plural}`) ?? find(`${key}_other`)
      return typeof text === 'string' ? text.replace(/{{(\w+)}}/g, (_, name) => String(values[name])) : null
    },
    state: (state) => `<${state}>`,
    time: (at) => `<${at}>`,
    duration: (seconds) => `${seconds} s`,
    count: (value) => String(value),
    recorded: (text) => text,
    told: (text) => text,
  }
}

const waits: Said = {
  key: 'task.waits',
  values: {
    task: { kind: 'text', text: 'load[3]' },
    why: {
      kind: 'phrase',
      phrase: {
        key: 'task.must_end',
        values: {
          task: { kind: 'text', text: 'a' },
          state: { kind: 'state', state: 'running' },
          since: {
            kind: 'phrase',
            phrase: { key: 'for', values: { span: { kind: 'seconds', seconds: 3 } } },
          },
          others: { kind: 'text', text: '' },
        },
      },
    },
    more: { kind: 'phrase', phrase: { key: 'more', values: { count: { kind: 'number', number: 1 } } } },
    behind: { kind: 'text', text: '' },
  },
}

describe('sentences of the engine', () => {
  it('are said in English', () => {
    expect(inWords(waits, language(en))).toBe(
      '`load[3]` waits: `a` (<running> for 3 s) must end (and 1 more condition)',
    )
  })

  it('are said in Korean', () => {
    expect(inWords(waits, language(ko))).toBe(
      '`load[3]` 대기 중: `a`(<running> 3 s 동안)의 종료를 기다립니다 (그 외 조건 1개)',
    )
  })

  it('list names, three at most', () => {
    const names: Said['values'][string] = { kind: 'names', names: ['a', 'b', 'c', 'd'], code: true }
    expect(inWords({ key: 'assets.one', values: { assets: names } }, language(ko))).toBe(
      '`a`, `b`, `c` 외 1개 갱신을 기다립니다',
    )
  })

  it('join their parts', () => {
    const parts = {
      kind: 'parts',
      between: '; ',
      parts: [
        { kind: 'text', text: 'one' },
        { kind: 'phrase', phrase: { key: 'dag.paused', values: {} } },
      ],
    } as const
    expect(inWords({ key: 'joined', values: { parts: { ...parts, parts: [...parts.parts] } } }, language(en))).toBe(
      'one; the DAG is paused',
    )
  })

  it('are left to the server when a key is not known', () => {
    expect(inWords({ key: 'task.newer', values: {} }, language(en))).toBeNull()
    const inner = { kind: 'phrase', phrase: { key: 'newer', values: {} } } as const
    expect(inWords({ key: 'because', values: { why: inner } }, language(en))).toBeNull()
  })
})

describe('texts that the store keeps', () => {
  const english = Object.fromEntries(
    (['recorded', 'lost', 'rule'] as const).flatMap((group) =>
      Object.entries(en[group]).map(([key, text]) => [`${group}.${key}`, text]),
    ),
  )

  it.each([
    ['try 2 of 3 failed', '시도 2/3 실패'],
    ["skipped by task 'decide' (map index 3)", "태스크 'decide'(맵 인덱스 3)에 의해 건너뛰었습니다"],
    ['tasks shard, quality failed', '태스크 shard, quality 실패'],
    ['task shard failed', '태스크 shard 실패'],
    ['it took longer than its dagrun_timeout of 90 s', 'dagrun_timeout 90 s을(를) 넘겼습니다'],
    [
      'waits for a trigger, until 2030-01-01 12:00:00 UTC at most',
      '늦어도 <2030-01-01 12:00:00 UTC>까지 트리거를 기다립니다',
    ],
    [
      'its newest 3 runs failed (max_consecutive_failed_dag_runs)',
      '최근 실행 3개가 실패했습니다(max_consecutive_failed_dag_runs)',
    ],
    [
      'worker process 12 was killed by signal 9 (SIGKILL)',
      '워커 프로세스 12이(가) 시그널 9 (SIGKILL)에 의해 종료되었습니다',
    ],
    [
      'worker w1 on host gave no sign of life since 2030-01-01T00:00:00+00:00',
      'host의 worker w1이(가) <2030-01-01T00:00:00+00:00> 이후 응답이 없습니다',
    ],
    ['in flight: r (1) is running', '진행 중: r (1) (<running>)'],
    [
      'trigger rule all_success: of 3 upstream, 1 succeeded, 2 failed',
      '트리거 규칙 all_success: 상위 3개 중 성공 1개, 실패 2개',
    ],
  ])('%s', (text, korean) => {
    const said = recorded(text, english)
    expect(said && inWords(said, language(ko))).toBe(korean)
    expect(said && inWords(said, { ...language(en), state: (state) => state, time: (at) => at })).toBe(text)
  })

  it('leave what the user wrote', () => {
    expect(recorded('ValueError: row count 99 < 100', english)).toBeNull()
    expect(recorded('the pump 1 on deck stopped at 5', english)).toBeNull()
  })
})
