import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import { startTexts } from '@/i18n'
import { loadWrongs } from '@/i18n/wrongs'
import { worded } from './wrong'

beforeAll(async () => {
  await startTexts()
  await i18next.changeLanguage('ko')
  await loadWrongs()
})

describe('errors of the server in Korean', () => {
  it.each([
    [
      409,
      "pool 'tiny' exists already; fix: choose another name, or change the existing pool",
      '풀 “tiny”가 이미 있습니다. 다른 이름을 쓰거나 기존 풀을 바꾸세요',
    ],
    [404, "DAG 'sales' has no run 'r1'", 'DAG “sales”에 실행 “r1”이 없습니다'],
    [401, 'wrong user name or password', '사용자 이름이나 비밀번호가 올바르지 않습니다'],
    [429, 'too many failed logins; try again in 30 s', '로그인에 너무 많이 실패했습니다. 30초 후에 다시 시도하세요'],
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
  ])('%i %s', (status, english, korean) => {
    expect(worded(new ApiError(status, english))).toBe(korean)
  })

  it('name the fields that are wrong', () => {
    const fields = [
      { name: 'slots', why: 'Input should be greater than or equal to -1' },
      { name: 'name', why: 'String should have at most 256 characters' },
      { name: 'extra', why: 'something new' },
    ]
    expect(worded(new ApiError(422, 'slots: …', fields))).toBe(
      '올바르지 않은 값이 있습니다. slots: -1 이상이어야 합니다 · name: 256자 이하여야 합니다 · extra: something new',
    )
  })
})

it('stay as they are in English', async () => {
  await i18next.changeLanguage('en')
  const text = "pool 'tiny' exists already; fix: choose another name, or change the existing pool"
  expect(worded(new ApiError(409, text))).toBe(text)
})
