/** The REST API: every operation of the server as its OpenAPI describes it, and the request to copy. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api/client'
import { useSession } from '@/app/session'
import { Copy } from '@/components/copy'
import { Empty } from '@/components/empty'
import { TextField } from '@/components/field'
import { Page } from '@/components/page'
import { type Column, Table } from '@/components/table'
import { useFormat } from '@/format/use-format'
import { text } from '@/lib/search'
import { ANSWER, asCurl, type Field, grouped, type OpenApi, type Operation, operationsOf } from '@/rest/model'

const DOCUMENT = '/openapi.json'

export const Route = createFileRoute('/_app/docs')({
  validateSearch: (search): { q?: string; op?: string } => ({ ...text(search, 'q'), ...text(search, 'op') }),
  component: Docs,
})

// no loader: that would be a part of every page
const query = { queryKey: ['get', DOCUMENT], queryFn: read }

async function read(): Promise<Operation[]> {
  const answer = await fetch(DOCUMENT).catch(() => {
    throw new ApiError(0, 'the server cannot be reached')
  })
  if (!answer.ok) throw new ApiError(answer.status, `the server answered with status ${answer.status}`)
  return operationsOf((await answer.json()) as OpenApi)
}

function Docs() {
  const { t } = useTranslation('rest')
  const format = useFormat()
  const { q = '', op } = Route.useSearch()
  const navigate = Route.useNavigate()
  const operations = useSuspenseQuery(query).data
  const groups = useMemo(() => grouped(operations, q), [operations, q])
  const count = groups.reduce((sum, [, members]) => sum + members.length, 0)
  return (
    <Page
      title={t('title')}
      sentence={
        <>
          {t('what')}{' '}
          <a href={DOCUMENT} className="underline">
            {t('file')}
          </a>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-end gap-3">
          <TextField
            label={t('find')}
            hideLabel
            type="search"
            data-find
            className="w-80 max-w-full"
            placeholder={t('find')}
            value={q}
            onChange={(event) =>
              void navigate({ search: event.target.value ? { q: event.target.value } : {}, replace: true })
            }
          />
          <p role="status" className="text-ink-2">
            {t('count', { count, shown: format.count(count) })}
          </p>
        </div>
        {groups.length === 0 && <Empty title={t('none')} />}
        {groups.map(([group, members]) => (
          <section key={group} className="card" aria-labelledby={`group ${group}`.replaceAll(' ', '-')}>
            <h2
              id={`group ${group}`.replaceAll(' ', '-')}
              lang="en"
              className="min-h-10 border-line border-b px-4 py-2.5"
            >
              {group}
            </h2>
            <ul>
              {members.map((one) => (
                <li key={one.id} className="border-line border-b last:border-b-0">
                  <Described
                    operation={one}
                    open={one.id === op}
                    onToggle={(open) => {
                      if (open === (one.id === op)) return
                      void navigate({
                        search: { ...(q && { q }), ...(open && { op: one.id }) },
                        replace: true,
                        resetScroll: false,
                      })
                    }}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Page>
  )
}

type Props = { operation: Operation; open: boolean; onToggle: (open: boolean) => void }

/** One operation; who follows a link to it finds it open and in sight. */
function Described({ operation, open, onToggle }: Props) {
  const head = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only at first, not what is opened here
  useEffect(() => {
    if (open) head.current?.scrollIntoView({ block: 'center' })
  }, [])
  return (
    <details open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary ref={head} className="cursor-pointer px-4 py-2 hover:bg-hover">
        <b className="inline-block w-16 font-mono text-sm">{operation.method}</b>
        <code className="break-all">{operation.path}</code>
        <span lang="en" className="block text-sm text-ink-2 sm:ps-4">
          {first(operation.what)}
        </span>
      </summary>
      {open && <Details operation={operation} />}
    </details>
  )
}

function first(text: string): string {
  return /^.*?\.(?=\s)/s.exec(text)?.[0] ?? text
}

function Details({ operation }: { operation: Operation }) {
  const { t } = useTranslation('rest')
  const session = useSession()
  const curl = asCurl(location.origin, operation, !session.no_auth)
  return (
    <div className="flex flex-col gap-4 border-line border-t bg-sunken px-4 py-3">
      {first(operation.what) !== operation.what && (
        <p lang="en" className="max-w-prose whitespace-pre-wrap">
          {operation.what}
        </p>
      )}
      {operation.fields.length > 0 && <Fields title={t('fields')} fields={operation.fields} />}
      <Part title={t('answers')}>
        <Table
          label={t('answers')}
          rows={operation.answers}
          rowKey={(row) => row.status}
          columns={[
            { key: 'status', head: t('status'), cell: (row) => <code>{row.status}</code> },
            { key: 'what', head: t('meaning'), cell: (row) => <span lang="en">{row.what}</span> },
            { key: 'type', head: t('type'), cell: (row) => <code className="break-all">{row.type || '-'}</code> },
          ]}
        />
      </Part>
      {operation.returned.length > 0 && <Fields title={t('returned')} fields={operation.returned} />}
      <Part title="curl" extra={<Copy text={curl} name={t('copy', { what: operation.path })} />}>
        <pre className="overflow-x-auto p-3 font-mono text-sm whitespace-pre-wrap break-all">{curl}</pre>
      </Part>
    </div>
  )
}

/** Columns that say nothing of any field are left out. */
function Fields({ title, fields }: { title: string; fields: Field[] }) {
  const { t } = useTranslation('rest')
  const columns: Column<Field>[] = [
    {
      key: 'name',
      head: t('name'),
      cell: (row) => (
        <>
          <code className="break-all">{row.name || '-'}</code>
          {row.required && row.place !== ANSWER && <span className="block text-sm text-ink-2">{t('required')}</span>}
        </>
      ),
    },
    { key: 'type', head: t('type'), cell: (row) => <code className="break-all">{row.type}</code> },
  ]
  if (fields.some((row) => row.place !== ANSWER))
    columns.push({ key: 'place', head: t('in'), cell: (row) => row.place })
  if (fields.some((row) => row.standard))
    columns.push({
      key: 'standard',
      head: t('standard'),
      cell: (row) => row.standard && <code>{row.standard}</code>,
      wideOnly: true,
    })
  if (fields.some((row) => row.what))
    columns.push({ key: 'what', head: t('meaning'), cell: (row) => <span lang="en">{row.what}</span>, wideOnly: true })
  return (
    <Part title={title}>
      <Table label={title} rows={fields} rowKey={(row) => `${row.place} ${row.name}`} columns={columns} />
    </Part>
  )
}

function Part({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0 rounded-md border border-line bg-surface">
      <div className="flex items-center justify-between px-3 py-1.5">
        <h3 className="text-sm font-semibold">{title}</h3>
        {extra}
      </div>
      {children}
    </div>
  )
}
