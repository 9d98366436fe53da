/** Whether a connection works: asks the server, which has its hook asked beside the DAG processor. */
import { CircleCheck, CircleX, PlugZap } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { Button } from '@/components/button'
import { Problem } from '@/components/failure'
import { Sentence, useTold } from '@/components/sentence'

type Body = Schemas['ConnectionBody']
type Answer = Schemas['ConnectionTestResponse']

/** `test` asks once; what was asked before is forgotten with the first change. */
export function useConnectionTest() {
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const forget = () => {
    setAnswer(null)
    setProblem(null)
  }
  const test = async (body: Body) => {
    forget()
    setBusy(true)
    try {
      const { data } = await api.POST('/api/v2/connections/test', { body })
      setAnswer(data ?? null)
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, answer, problem, test, forget }
}

export function TestButton({ busy, onTest }: { busy: boolean; onTest: () => void }) {
  const { t } = useTranslation('admin')
  return (
    <Button busy={busy} icon={<PlugZap size={14} aria-hidden="true" />} onClick={onTest}>
      {t('connections.test')}
    </Button>
  )
}

/** What came of it; it is read out when it comes. */
export function TestAnswer({ busy, answer, problem }: { busy: boolean; answer: Answer | null; problem: unknown }) {
  const { t } = useTranslation('admin')
  const told = useTold()
  return (
    <div role="status">
      {busy && <p className="text-ink-2">{t('connections.testing')}</p>}
      <Problem error={problem} />
      {answer && (
        <div className={`rounded-md px-3 py-2 ${answer.status ? 'bg-good-soft' : 'bg-danger-soft text-danger'}`}>
          <p className="flex items-center gap-1.5 font-semibold">
            {answer.status ? (
              <CircleCheck size={15} aria-hidden="true" className="text-state-success" />
            ) : (
              <CircleX size={15} aria-hidden="true" />
            )}
            {answer.status ? t('connections.works') : t('connections.fails')}
          </p>
          {answer.message && (
            <p className="max-h-40 overflow-y-auto whitespace-pre-wrap">
              <Sentence text={told(answer.message)} />
            </p>
          )}
        </div>
      )}
    </div>
  )
}
