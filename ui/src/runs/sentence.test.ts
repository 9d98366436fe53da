import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { calendarTime, duration } from '@/format/time'
import en from '@/i18n/en/run.json'
import ko from '@/i18n/ko/run.json'
import { runSentence } from './sentence'

type Summary = Schemas['RunSummaryResponse']
const NOW = Date.parse('2026-11-22T09:00:00Z')

const BASE: Summary = {
  position: 1,
  dag_id: 'sales',
  dag_display_name: 'Sales',
  run_id: 'r',
  run_type: 'scheduled',
  outcome: 'success',
  state: 'success',
  reason: null,
  run_after: '2026-11-22T00:00:00Z',
  logical_date: '2026-11-22T00:00:00Z',
  data_interval_start: null,
  data_interval_end: null,
  queued_at: '2026-11-22T08:00:00Z',
  start_date: '2026-11-22T08:00:00Z',
  end_date: '2026-11-22T08:03:00Z',
  duration_seconds: 180,
  version_number: 1,
  conf: {},
  note: null,
  triggered_by: 'timetable',
  triggering_user: null,
  backfill_id: null,
  counts: { success: 4 },
  task_instances: 4,
  culprit: null,
  failures: [],
  failed: 0,
  tolerated: 0,
  skipped: 0,
  previous: null,
  last_success: null,
}

const CULPRIT: NonNullable<Summary['culprit']> = {
  task_id: 'quality',
  map_index: -1,
  end_date: '2026-11-22T08:03:00Z',
  try_number: 1,
  error_type: 'ValueError',
  message: 'row count 99 < 100',
  reason: null,
}

const LAST: NonNullable<Summary['last_success']> = {
  run_id: 'old',
  state: 'success',
  logical_date: null,
  run_after: '2026-11-21T00:00:00Z',
  start_date: '2026-11-21T00:00:00Z',
  end_date: '2026-11-21T00:02:00Z',
  tolerated: false,
  duration_seconds: 120,
}

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    resources: { en: { run: en }, ko: { run: ko } },
    interpolation: { escapeValue: false },
    ns: ['run'],
    defaultNS: 'run',
  })
})

function said(change: Partial<Summary>, language: 'en' | 'ko' = 'en'): string {
  const t = i18next.getFixedT(language, 'run')
  return runSentence(
    { ...BASE, ...change },
    {
      say: t as never,
      duration: (seconds) => duration(seconds, language),
      when: (at) => calendarTime(at, { zone: 'UTC', language }, NOW),
    },
    NOW,
  )
}

describe('what is said of a run', () => {
  const failed: Partial<Summary> = { outcome: 'failed', culprit: CULPRIT, failed: 1, skipped: 1, last_success: LAST }

  it('names what failed, with what, and when it last went well', () => {
    expect(said(failed)).toBe(
      'Failed after 3 m: `quality` raised ValueError: row count 99 < 100; 1 task skipped; last success yesterday 00:02',
    )
  })

  it('says the same in Korean', () => {
    expect(said(failed, 'ko')).toBe(
      '3분 만에 실패: `quality`에서 ValueError: row count 99 < 100 발생; 태스크 1개 건너뜀; 마지막 성공 어제 00:02',
    )
  })

  it('counts the others that failed', () => {
    expect(said({ ...failed, failed: 3, skipped: 0 })).toContain('; 2 more tasks failed; ')
    expect(said({ ...failed, failed: 2, skipped: 0 })).toContain('; 1 more task failed; ')
  })

  it('names the instance of a mapped task, and the class without its module', () => {
    const culprit = { ...CULPRIT, map_index: 3, error_type: 'requests.exceptions.HTTPError', message: '' }
    expect(said({ ...failed, culprit, skipped: 0 })).toMatch(/^Failed after 3 m: `quality \[3\]` raised HTTPError;/)
  })

  it('gives the reason when nothing was raised', () => {
    const culprit = { ...CULPRIT, error_type: null, message: '', reason: 'its process was killed' }
    expect(said({ ...failed, culprit })).toContain('`quality` failed: its process was killed')
    expect(said({ outcome: 'failed', reason: 'it took longer than 5 m' })).toBe(
      'Failed after 3 m: it took longer than 5 m; it never succeeded before',
    )
  })

  it('keeps a long message short, and backticks of others out of the code', () => {
    const long = said({ ...failed, culprit: { ...CULPRIT, message: `no \`x\` ${'y'.repeat(300)}` } })
    expect(long).toContain('no ´x´ yyy')
    expect(long.length).toBeLessThan(260)
  })

  it('does not call a tolerated failure a success', () => {
    expect(said({ outcome: 'success_with_failures', culprit: CULPRIT, failed: 1 })).toBe(
      'Succeeded after 3 m although 1 task failed: `quality` raised ValueError: row count 99 < 100',
    )
  })

  it('counts while it runs', () => {
    const running: Partial<Summary> = {
      outcome: 'running',
      end_date: null,
      duration_seconds: null,
      counts: { success: 2, running: 1, no_status: 1, awaiting_input: 1 },
      task_instances: 5,
      last_success: LAST,
    }
    expect(said(running)).toBe(
      'Running for 1 h: 2 of 5 tasks done; 1 task waits for a person; last success yesterday 00:02',
    )
  })

  it('is short for what went well, or waits', () => {
    expect(said({ skipped: 2 })).toBe('Succeeded after 3 m; 2 tasks skipped')
    expect(said({ outcome: 'queued', start_date: null, duration_seconds: null })).toBe('Queued for 1 h')
    expect(said({ outcome: 'failed', start_date: null, duration_seconds: null })).toBe(
      'Failed before it started; it never succeeded before',
    )
  })
})
