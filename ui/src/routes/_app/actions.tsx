/** Required actions: what tasks ask people, and the answers given. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api, type Schemas } from '@/api/client'
import { sessionQuery } from '@/app/session'
import { Button } from '@/components/button'
import { Empty } from '@/components/empty'
import { Problem } from '@/components/failure'
import { Check } from '@/components/field'
import { Markdown } from '@/components/markdown'
import { Page, TabLinks } from '@/components/page'
import { CursorPager } from '@/components/pager'
import { Ago } from '@/components/time'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { Due } from '@/hitl/due'
import { useOptionWord } from '@/hitl/options'
import { runDate } from '@/lib/run-date'
import { one, text } from '@/lib/search'
import { ParamsForm } from '@/params/params-form'
import { fieldsOf, startValues } from '@/params/schema'

type Part = Schemas['QuestionPart']
type Question = Schemas['HITLDetail']
const LIMIT = 20
const PATH = '/api/tradewind/questions'

export const Route = createFileRoute('/_app/actions')({
  validateSearch: (search): { show?: 'answered'; at?: string } => ({
    ...one(search, 'show', ['answered']),
    ...text(search, 'at'),
  }),
  component: Actions,
})

function query(answered: boolean, cursor: string | undefined) {
  return {
    ...$api.queryOptions('get', PATH, { params: { query: { limit: LIMIT, answered, ...(cursor ? { cursor } : {}) } } }),
    meta: { topics: ['hitl'] },
  }
}

function Actions() {
  const { t } = useTranslation(['actions', 'common'])
  const { show, at } = useDeferredValue(Route.useSearch())
  const navigate = useNavigate({ from: Route.fullPath })
  const answered = show === 'answered'
  const { data } = useSuspenseQuery(query(answered, at))
  return (
    <Page
      title={t('title')}
      sentence={t('what')}
      tabs={
        <TabLinks
          label={t('title')}
          tabs={[
            { label: t('waiting'), link: { to: '/actions', search: {} }, search: true, exact: true },
            { label: t('answered'), link: { to: '/actions', search: { show: 'answered' } }, search: true },
          ]}
        />
      }
    >
      {data.questions.length === 0 ? (
        <Empty title={answered ? t('none_answered') : t('none')}>{!answered && t('none_what')}</Empty>
      ) : (
        <ul className="grid max-w-4xl gap-4">
          {data.questions.map((part) => (
            <li key={part.detail.task_instance.id}>
              <Card part={part} />
            </li>
          ))}
        </ul>
      )}
      <CursorPager page={data} at={at} onGo={(to) => void navigate({ search: (before) => ({ ...before, at: to }) })} />
    </Page>
  )
}

function Card({ part }: { part: Part }) {
  const { t } = useTranslation('actions')
  const format = useFormat()
  const question = part.detail
  const instance = question.task_instance
  const word = useOptionWord(question.options)
  return (
    <article id={instance.id} tabIndex={-1} className="card p-4 target:border-brand" aria-label={question.subject}>
      <header className="mb-2">
        <h2>{question.subject}</h2>
        <p className="text-sm text-ink-2">
          <Link
            to="/dags/$dagId/runs/$runId/tasks/$taskId"
            params={{ dagId: instance.dag_id, runId: instance.dag_run_id, taskId: instance.task_id }}
            search={instance.map_index >= 0 ? { map_index: instance.map_index } : {}}
            className="underline"
          >
            {instance.dag_display_name} › {instance.task_display_name}
            {instance.map_index >= 0 && ` [${instance.map_index}]`}
          </Link>{' '}
          ·{' '}
          <Link
            to="/dags/$dagId/runs/$runId"
            params={{ dagId: instance.dag_id, runId: instance.dag_run_id }}
            className="underline"
          >
            {t('of_run', { at: format.dateTime(runDate(instance)) })}
          </Link>{' '}
          · {t('asked')} <Ago at={question.created_at} />
          {' · '}
          {question.assigned_users.length > 0
            ? t('of', { names: question.assigned_users.map((user) => user.name).join(', ') })
            : t('of_anybody')}
        </p>
        {!question.response_received && (
          <Due due_at={part.due_at} on_timeout={part.on_timeout} defaults={question.defaults?.map(word) ?? null} />
        )}
      </header>
      {question.body && (
        <div className="mb-3">
          <Markdown text={question.body} />
        </div>
      )}
      {question.response_received ? <Answer question={question} /> : <Form part={part} />}
    </article>
  )
}

function Answer({ question }: { question: Question }) {
  const { t } = useTranslation('actions')
  const word = useOptionWord(question.options)
  return (
    <p className="rounded-md bg-sunken px-3 py-2">
      <strong>{(question.chosen_options ?? []).map(word).join(', ')}</strong> ·{' '}
      {question.responded_by_user ? t('by', { name: question.responded_by_user.name }) : t('by_default')}{' '}
      <Ago at={question.responded_at} />
      {Object.keys(question.params_input).length > 0 && (
        <code className="mt-1 block break-all text-ink-2">{JSON.stringify(question.params_input)}</code>
      )}
    </p>
  )
}

/** A card that was answered is about to go, with its button: on to the next question, not to its button, which a key that
 * is still held would press.
 */
function goOn(id: string): void {
  const item = document.getElementById(id)?.parentElement
  const next = item?.nextElementSibling ?? item?.previousElementSibling
  const card = next?.querySelector<HTMLElement>('article') ?? document.getElementById('main')
  card?.focus({ preventScroll: card.id === 'main' })
}

function Form({ part }: { part: Part }) {
  const { t } = useTranslation('actions')
  const question = part.detail
  const word = useOptionWord(question.options)
  const client = useQueryClient()
  const [values, setValues] = useState(() => startValues(fieldsOf(question.params)))
  const [wrong, setWrong] = useState(false)
  const [chosen, setChosen] = useState<string[]>(question.defaults ?? [])
  const [busy, setBusy] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const instance = question.task_instance
  const answer = async (options: string[]) => {
    setBusy(options.join())
    setProblem(null)
    try {
      const path = {
        dag_id: instance.dag_id,
        dag_run_id: instance.dag_run_id,
        task_id: instance.task_id,
        map_index: instance.map_index,
      }
      await api.PATCH('/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/hitlDetails', {
        params: { path },
        body: { chosen_options: options, params_input: values },
      })
      goOn(instance.id)
      say(t('sent', { answer: options.map(word).join(', '), subject: question.subject }))
      await Promise.all([
        client.invalidateQueries({ queryKey: ['get', PATH] }),
        client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      ])
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(null)
    }
  }
  return (
    <div className="space-y-3">
      {Object.keys(question.params).length > 0 && (
        <ParamsForm
          params={question.params}
          values={values}
          onChange={(next, isWrong) => {
            setValues(next)
            setWrong(isWrong)
          }}
        />
      )}
      {question.multiple && (
        <fieldset className="space-y-1">
          <legend className="text-sm font-medium text-ink-2">{t('choose')}</legend>
          {question.options.map((option) => (
            <Check
              key={option}
              label={word(option)}
              checked={chosen.includes(option)}
              onChange={(event) =>
                setChosen((before) =>
                  event.target.checked ? [...before, option] : before.filter((it) => it !== option),
                )
              }
            />
          ))}
        </fieldset>
      )}
      <Problem error={problem} />
      {!part.may_answer && (
        <p className="text-sm text-ink-2">{question.assigned_users.length > 0 ? t('not_asked') : t('may_not')}</p>
      )}
      <div className="flex flex-wrap gap-2">
        {question.multiple ? (
          <Button
            look="primary"
            busy={busy !== null}
            disabled={wrong || chosen.length === 0 || !part.may_answer}
            onClick={() => answer(question.options.filter((option) => chosen.includes(option)))}
          >
            {t('send')}
          </Button>
        ) : (
          question.options.map((option) => (
            <Button
              key={option}
              // none looks better than the others, but for the one that its author would have taken
              look={question.defaults?.includes(option) ? 'primary' : 'plain'}
              busy={busy === option}
              disabled={wrong || busy !== null || !part.may_answer}
              onClick={() => answer([option])}
            >
              {word(option)}
            </Button>
          ))
        )}
      </div>
    </div>
  )
}
