/** The audit log: who changed what, how, and what was there before and after. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { differences } from '@/access/differences'
import { Happened, useAudit } from '@/access/happened'
import { $api, type Schemas } from '@/api/client'
import { Button } from '@/components/button'
import { Empty } from '@/components/empty'
import { Choice, TextField } from '@/components/field'
import { Section } from '@/components/page'
import { Table } from '@/components/table'
import { Time } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'
import { one, text } from '@/lib/search'

type Entry = Schemas['AuditResponse']
const VIA = ['api', 'ui', 'cli'] as const

export const Route = createFileRoute('/_app/admin/audit')({
  validateSearch: (search: Record<string, unknown>) => ({
    ...text(search, 'who'),
    ...text(search, 'event'),
    ...text(search, 'dag'),
    ...text(search, 'mark'),
    ...one(search, 'via', VIA),
  }),
  component: Audit,
})

function Audit() {
  const { t } = useTranslation(['access', 'admin', 'common'])
  const { mark, dag, ...rest } = useDeferredValue(Route.useSearch())
  const navigate = Route.useNavigate()
  const { data } = useSuspenseQuery(
    $api.queryOptions('get', '/api/tradewind/audit', { params: { query: { ...rest, dag_id: dag, mark, limit: 50 } } }),
  )
  const { word } = useAudit()
  const set = (form: FormData) => {
    const word = (name: string) => String(form.get(name) ?? '').trim() || undefined
    const via = VIA.find((each) => each === word('via'))
    return navigate({ search: { who: word('who'), event: word('event'), dag: word('dag'), via } })
  }
  return (
    <Section title={t('admin:tab.audit')}>
      <form
        key={JSON.stringify({ ...rest, dag })}
        className="filters mb-0! p-4"
        onSubmit={(event) => {
          event.preventDefault()
          void set(new FormData(event.currentTarget))
        }}
      >
        <TextField label={t('audit.who')} name="who" defaultValue={rest.who} />
        <TextField label={t('audit.what')} name="event" defaultValue={rest.event} list="audit-kinds" />
        <datalist id="audit-kinds">
          {data.kinds.map((kind) => (
            <option key={kind} value={kind} label={word('event', kind) ?? undefined} />
          ))}
        </datalist>
        <TextField label="DAG" name="dag" defaultValue={dag} />
        <Choice
          label={t('audit.via')}
          name="via"
          defaultValue={rest.via ?? ''}
          options={[['', t('audit.any')] as const, ...VIA.map((via) => [via, t(`via.${via}`)] as const)]}
        />
        <Button type="submit">{t('audit.filter')}</Button>
      </form>
      {data.entries.length === 0 ? (
        <Empty title={t('audit.none')}>{t('audit.none_hint')}</Empty>
      ) : (
        <Table
          label={t('admin:tab.audit')}
          rows={data.entries}
          rowKey={(row) => String(row.id)}
          columns={[
            {
              key: 'at',
              head: t('audit.when'),
              cell: (row) => <Time at={row.at} />,
              className: 'whitespace-nowrap align-top [th&]:align-middle',
              wideOnly: true,
            },
            {
              key: 'who',
              head: t('audit.who'),
              className: 'align-top [th&]:align-middle',
              cell: (row) => (
                <>
                  <div className="text-sm whitespace-nowrap text-ink-2 md:hidden">
                    <Time at={row.at} />
                  </div>
                  {row.who ?? '–'}{' '}
                  {row.via && <span className="text-sm whitespace-nowrap text-ink-2">{t(`via.${row.via}`)}</span>}
                </>
              ),
            },
            {
              key: 'what',
              head: t('audit.what'),
              className: 'align-top [th&]:align-middle',
              cell: (row) => (
                <div className="min-w-36 wrap-anywhere">
                  <Happened event={row.event} />
                  <Subject entry={row} />
                  <div className="mt-1 md:hidden">
                    <Change entry={row} />
                  </div>
                </div>
              ),
            },
            {
              key: 'change',
              head: t('audit.change'),
              cell: (row) => <Change entry={row} />,
              className: 'w-1/2 align-top [th&]:align-middle',
              wideOnly: true,
            },
          ]}
        />
      )}
      <nav aria-label={t('audit.pages')} className="flex gap-3 p-4">
        {mark && (
          <Link to="/admin/audit" search={{ ...rest, dag }}>
            {t('audit.newest')}
          </Link>
        )}
        {data.next && (
          <Link to="/admin/audit" search={{ ...rest, dag, mark: data.next }}>
            {t('audit.older')}
          </Link>
        )}
      </nav>
    </Section>
  )
}

/** What was changed: the way to the DAG, the run or the task, and what the entry names besides. */
function Subject({ entry }: { entry: Entry }) {
  const { field, show } = useAudit()
  const format = useFormat()
  const { dag_id, run_id, run, task_id, map_index } = entry
  const index = map_index !== null && map_index >= 0 ? map_index : undefined
  const told = Object.entries(entry.extra ?? {}).filter(([name]) => name !== 'fields')
  return (
    <div className="text-sm text-ink-2 wrap-anywhere">
      {dag_id && (
        <Link to="/dags/$dagId" params={{ dagId: dag_id }}>
          {dag_id}
        </Link>
      )}
      {dag_id && run_id && (
        <>
          {' / '}
          <Link to="/dags/$dagId/runs/$runId" params={{ dagId: dag_id, runId: run_id }} title={run_id}>
            {run === null ? run_id : (run.partition_key ?? format.dateTime(runDate(run)))}
          </Link>
        </>
      )}
      {dag_id && run_id && task_id && (
        <>
          {' / '}
          <Link
            to="/dags/$dagId/runs/$runId/tasks/$taskId"
            params={{ dagId: dag_id, runId: run_id, taskId: task_id }}
            search={index === undefined ? {} : { map_index: index }}
          >
            {index === undefined ? task_id : `${task_id} [${index}]`}
          </Link>
        </>
      )}
      {told.map(([name, value]) => (
        <div key={name}>
          {field(name)}: <span className="text-ink">{show(value, name)}</span>
        </div>
      ))}
    </div>
  )
}

/** Field by field what was there and is there. */
function Change({ entry }: { entry: Entry }) {
  const { t } = useTranslation('access')
  const { field, show } = useAudit()
  const found = differences(entry.before, entry.after)
  if (found.length === 0) return null
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-sm">
      {found.map(({ name, before, after }) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{field(name)}</dt>
          <dd className="min-w-0 wrap-anywhere">
            {before !== undefined && (
              <del>
                <span className="visually-hidden">{t('audit.before')} </span>
                {show(before, name)}
              </del>
            )}{' '}
            {after !== undefined && (
              <ins className="font-medium no-underline">
                <span className="visually-hidden">{t('audit.after')} </span>
                {show(after, name)}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
