// @vitest-environment happy-dom
import i18next from 'i18next'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import { setPreferences } from '@/app/preferences'
import { startTexts } from '@/i18n'
import { matched } from '@/i18n/again'
import english from '@/i18n/en/wrong.json'
import { loadWrongs } from '@/i18n/wrongs'
import { worded } from './wrong'

async function speaks(language: 'en' | 'ko') {
  if (!i18next.isInitialized) await startTexts()
  setPreferences({ language, zone: 'Asia/Seoul' })
  await i18next.changeLanguage(language)
  await loadWrongs(true)
}

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-06-01T12:00:00Z') }))
afterAll(() => void vi.useRealTimers())

const exists = "pool 'tiny' exists already; fix: choose another name, or change the existing pool"
const fields = [
  { name: 'slots', kind: 'greater_than_equal', why: 'Input should be greater than or equal to -1' },
  { name: 'name', kind: 'string_too_short', why: 'String should have at least 1 character' },
  { name: 'extra', kind: 'value_error', why: 'Value error, extra is not a JSON object, such as {"key": "value"}' },
  { name: 'kind', kind: 'something_new', why: 'something new' },
]

describe('errors of the server in Korean', () => {
  beforeEach(() => speaks('ko'))

  it.each([
    [409, exists, '풀 “tiny”가 이미 있습니다. 다른 이름을 쓰거나 기존 풀을 바꾸세요'],
    [404, "DAG 'sales' has no run 'r1'", 'DAG “sales”에 실행 “r1”이 없습니다'],
    [404, "DAG 'sales' does not exist; fix: did you mean 'sale'?", 'DAG “sales”가 없습니다. “sale”을 찾으셨나요?'],
    [401, 'wrong user name or password', '사용자 이름이나 비밀번호가 올바르지 않습니다'],
    [
      429,
      'too many failed logins; try again in 90 s',
      '로그인에 너무 많이 실패했습니다. 1분 30초 후에 다시 시도하세요',
    ],
    [
      400,
      'the port is not there; fix: choose one',
      '서버가 요청을 이해하지 못했습니다: the port is not there; fix: choose one',
    ],
    [409, "user 'ann' exists already; fix: do something new", '사용자 “ann”이 이미 있습니다. do something new'],
    [
      400,
      "a task cannot be marked 'running'; fix: mark it success, failed or skipped",
      '태스크 상태를 실행 중으로 표시할 수 없습니다. 성공, 실패, 건너뜀 중 하나로 표시하세요',
    ],
    [
      401,
      'the token has expired; get a new one from /auth/token',
      '토큰이 만료되었습니다. /auth/token에서 새 토큰을 받으세요',
    ],
    [
      503,
      "the password of connection 'db' cannot be decrypted: it was written with another secret key",
      '연결 “db”의 password: 다른 비밀 키로 저장되어 복호화할 수 없습니다',
    ],
    [
      400,
      'a backfill cannot be made for future dates: 2030-01-01T00:00:00+00:00 has not come yet',
      '미래 날짜는 백필할 수 없습니다. 2030년 1월 1일 09:00은 아직 오지 않았습니다',
    ],
  ])('%i %s', (status, said, korean) => {
    expect(worded(new ApiError(status, said))).toBe(korean)
  })

  it('name the fields that are wrong', () => {
    expect(worded(new ApiError(422, 'slots: …', fields))).toBe(
      '올바르지 않은 값이 있습니다. slots: -1 이상이어야 합니다 · name: 1자 이상이어야 합니다 · ' +
        'extra: 추가 설정이 {"key": "value"} 같은 JSON 객체가 아닙니다 · kind: something new',
    )
  })
})

describe('errors of the server in English', () => {
  beforeEach(() => speaks('en'))

  it.each([
    [409, exists, 'Pool “tiny” exists already. Choose another name, or change the existing pool'],
    [401, 'wrong user name or password', 'Wrong user name or password'],
    [429, 'too many failed logins; try again in 900 s', 'Too many failed logins; try again in 15 m'],
    [
      400,
      'max_active_runs 0 is out of range; fix: use 1 to 10000',
      'max_active_runs 0 is out of range. Use 1 to 10000',
    ],
    [
      404,
      "user 'ann' does not exist; fix: see the users with: tradewind users list",
      'User “ann” does not exist. See the users with: `tradewind users list`',
    ],
    [
      400,
      "'manual__2030-01-01T00:00:00+00:00' begins (2030-01-01T00:00:00+00:00) after the DAG's end and a user's wish",
      "“manual__2030-01-01T00:00:00+00:00” begins (1 Jan 2030, 09:00) after the DAG's end and a user's wish",
    ],
  ])('%i %s', (status, said, shown) => {
    expect(worded(new ApiError(status, said))).toBe(shown)
  })

  it('name the fields that are wrong', () => {
    expect(worded(new ApiError(422, 'slots: …', fields))).toBe(
      'Something in it is not valid. slots: must be -1 or more · name: must have at least 1 character · ' +
        'extra: extra is not a JSON object, such as {"key": "value"} · kind: something new',
    )
  })
})

describe.each(['what', 'fix', 'part'] as const)('each text of %s', (group) => {
  it('is found again by itself, not by another that leaves more open', () => {
    const wrong = Object.entries(english[group]).flatMap(([key, text]) => {
      const found = matched(text.replace(/{{(\w+)}}/g, "'$1 1'"), english[group])
      return found?.key === key ? [] : [`${key}: ${found?.key}`]
    })
    expect(wrong).toEqual([])
  })
})
