import { describe, expect, it } from 'vitest'
import { particles } from './particles'

describe('particles', () => {
  it.each([
    ['태스크이(가) 실패', '태스크가 실패'],
    ['실행을(를) 시작', '실행을 시작'],
    ['풀은(는) 없음', '풀은 없음'],
    ['서울(으)로 이동', '서울로 이동'],
    ['홈(으)로 이동', '홈으로 이동'],
    ['관리(으)로 이동', '관리로 이동'],
    ['`daily_sales`이(가) 실패했습니다', '`daily_sales`가 실패했습니다'],
    ['“quality”을(를) 삭제', '“quality”를 삭제'],
    ['`load[3]`이(가)', '`load[3]`이'],
    ['shard_3은(는)', 'shard_3은'],
    ['run 2와(과)', 'run 2와'],
    ['pipeline이(가)', 'pipeline이'],
    ['table을(를)', 'table을'],
    ['email(으)로', 'email로'],
    ['DAG을(를)', 'DAG를'],
    ['etl_sql을(를)', 'etl_sql을'],
    ['URL이(가)', 'URL이'],
    ['API(으)로', 'API로'],
    ['load이(가)', 'load가'],
    ['map은(는)', 'map은(는)'],
    ['<0>홈</0>을(를)', '<0>홈</0>을'],
    ['실행기(local)이(가)', '실행기(local)가'],
    ['시그널 9 (SIGKILL)(으)로', '시그널 9 (SIGKILL)로'],
  ])('%s', (written, said) => {
    expect(particles(written)).toBe(said)
  })

  it('are chosen each for itself', () => {
    expect(particles('`extract_all`이(가) `load`을(를) 기다립니다. 풀이(가)')).toBe(
      '`extract_all`이 `load`를 기다립니다. 풀이',
    )
  })

  it('leave everything else', () => {
    expect(particles('(기한 초과) 3개')).toBe('(기한 초과) 3개')
  })
})
