import { describe, expect, it } from 'vitest'
import { matched } from './again'
import english from './en/loading.json'
import korean from './ko/loading.json'
import { particles } from './particles'
import { told } from './told'

/** As i18next puts it. */
function put(key: string, values: Record<string, string | number>): string {
  const [group = '', name = ''] = key.split('.')
  const text = name === '' ? korean.place : (korean[group as 'what'] as Record<string, string>)[name]
  return particles((text ?? key).replace(/{{(\w+)}}/g, (_, hole: string) => String(values[hole])))
}

const say = (text: string) => told(text, { english, matched, put, both: (what, fix) => `${what}. ${fix}` })

describe('why a DAG file does not load', () => {
  it.each([
    [
      'etl.py was stopped at line 3: loading it took longer than 30 seconds; fix: move slow work (queries, downloads, waiting) from the top level of the file into a task, or raise the limit with AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT',
      'etl.py를 불러오는 데 30초가 넘게 걸려 3행에서 중단했습니다. 느린 작업(쿼리, 다운로드, 대기)을 파일의 최상위에서 태스크 안으로 옮기거나 AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT으로 제한 시간을 늘리세요',
    ],
    [
      'loading etl.py ended its process: process 12 was killed by signal 9 (SIGKILL); fix: look at the memory the file needs while it is loaded: the system kills the largest process',
      'etl.py를 불러오던 프로세스가 끝났습니다: 프로세스 12가 시그널 9 (SIGKILL)로 종료됨. 파일을 불러올 때 쓰는 메모리를 확인하세요. 메모리가 부족하면 시스템이 가장 큰 프로세스를 종료합니다',
    ],
    [
      "DAG 'etl' at line 4 of b.py is defined in /dags/a.py already; that one is kept; fix: give one of them another dag_id, or delete the file that is not needed",
      'b.py 4행의 DAG “etl”은 이미 /dags/a.py에 정의되어 있어 그쪽을 사용합니다. 둘 중 하나의 dag_id를 바꾸거나 필요 없는 파일을 삭제하세요',
    ],
    [
      "task 'load': retries must be a whole number, zero or more, not -1 (in common/tasks.py, line 7); fix: write retries=2",
      '태스크 “load”: retries는 0 이상의 정수여야 하는데 -1입니다 (common/tasks.py 7행). retries=2로 쓰세요',
    ],
    [
      "DAG 'etl': there is no schedule '@dayly'; fix: write '@daily'",
      'DAG “etl”: “@dayly”라는 일정은 없습니다. “@daily”로 쓰세요',
    ],
  ])('%s', (text, said) => {
    expect(say(text)).toBe(said)
  })

  it('what Python or the code of the user says stays; what helps is said', () => {
    expect(say("ModuleNotFoundError: No module named 'pandas'; fix: `pip install pandas` where Tradewind runs")).toBe(
      "ModuleNotFoundError: No module named 'pandas'. Tradewind가 실행되는 곳에 `pip install pandas`로 설치하세요",
    )
    expect(say('KeyError: the region is missing')).toBe('KeyError: the region is missing')
    expect(say('SyntaxError: invalid syntax (in common/tasks.py, line 7): x = = 1')).toBe(
      'SyntaxError: invalid syntax: x = = 1 (common/tasks.py 7행)',
    )
  })
})

describe('how a connection was tested', () => {
  it.each([
    ['there was no answer within 45 seconds', '45초 안에 응답이 없었습니다'],
    [
      "HttpHook, the hook of type 'http', cannot test connections",
      '유형 “http”의 훅 HttpHook은(는) 연결을 테스트할 수 없습니다',
    ],
    [
      "AirflowException: no hook for the type 'ftp' of connection 'files': install the provider package that brings it; built in are aws, sqlite",
      'AirflowException: 연결 “files”의 유형 “ftp”에 맞는 훅이 없습니다. 해당 프로바이더 패키지를 설치하세요. 기본 제공 유형: aws, sqlite',
    ],
    ['OperationalError: unable to open database file', 'OperationalError: unable to open database file'],
  ])('%s', (text, said) => {
    expect(say(text)).toBe(said)
  })
})
