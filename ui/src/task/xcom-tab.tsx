/** The XComs of a task instance: values to look into, to add, change and delete. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { $api, api } from '@/api/client'
import { useMayRun } from '@/app/session'
import { Button } from '@/components/button'
import { Confirm } from '@/components/confirm'
import { Empty } from '@/components/empty'
import { TextArea, TextField } from '@/components/field'
import { FormDialog } from '@/components/form-dialog'
import { Section } from '@/components/page'
import { Pager } from '@/components/pager'
import { Lines } from '@/components/skeleton'
import { Ago } from '@/components/time'
import { say } from '@/components/toast'
import { withoutAsking } from '@/live/use-live'
import { type Place, topicsOfPlace, v2 } from './queries'
import { Value } from './value'

const LIMIT = 50
const LIST = '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries'
const ONE = `${LIST}/{xcom_key}` as const

function valueQuery(place: Place, key: string) {
  const { path, query } = v2(place)
  return {
    ...$api.queryOptions('get', ONE, { params: { path: { ...path, xcom_key: key }, query } }),
    meta: { topics: topicsOfPlace(place) },
  }
}

type Open = { kind: 'add' } | { kind: 'edit' | 'delete'; key: string }

const named = (entry: { key: string; timestamp: string }) => `${entry.timestamp} ${entry.key}`

export function XComTab({ place }: { place: Place }) {
  const { t } = useTranslation(['task', 'common'])
  const mayRun = useMayRun(place.dagId)
  const client = useQueryClient()
  const [offset, setOffset] = useState(0)
  const [opened, setOpened] = useState<Open | null>(null)
  const [gone, setGone] = useState<readonly string[]>([])
  const { path, query } = v2(place)
  const { data } = useSuspenseQuery({
    ...$api.queryOptions('get', LIST, { params: { path, query: { ...query, limit: LIMIT, offset } } }),
    meta: { topics: topicsOfPlace(place) },
  })
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['get', LIST] })
    await client.invalidateQueries({ queryKey: ['get', ONE] })
  }
  const close = () => setOpened(null)
  const entries = data.xcom_entries.filter((entry) => !gone.includes(named(entry)))
  /** What is deleted is out of sight before anything is asked again: nobody asks for a value that is not there. */
  const remove = async (key: string) => {
    await withoutAsking(client, [], async () => {
      await api.DELETE(ONE, { params: { path: { ...path, xcom_key: key }, query } })
      flushSync(() => setGone(entries.filter((entry) => entry.key === key).map(named)))
    })
    say(t('xcom.deleted', { name: key }))
    await refresh()
  }
  return (
    <Section
      title={t('xcom.title')}
      extra={
        mayRun && (
          <Button small icon={<Plus size={14} aria-hidden="true" />} onClick={() => setOpened({ kind: 'add' })}>
            {t('xcom.add')}
          </Button>
        )
      }
    >
      {entries.length === 0 ? (
        <Empty title={t('xcom.none')}>{t('xcom.none_what')}</Empty>
      ) : (
        <ul>
          {entries.map((entry, index) => (
            <li key={entry.key} className="border-line border-b px-4 py-2 last:border-b-0">
              <Entry
                place={place}
                name={entry.key}
                at={entry.timestamp}
                first={index < 3}
                may={mayRun}
                onOpen={(kind) => setOpened({ kind, key: entry.key })}
              />
            </li>
          ))}
        </ul>
      )}
      <Pager offset={offset} limit={LIMIT} total={data.total_entries} onGo={setOffset} />
      {opened?.kind === 'add' && <Editor place={place} onClose={close} onSaved={refresh} />}
      {opened?.kind === 'edit' && (
        <Suspense>
          <Editor place={place} name={opened.key} onClose={close} onSaved={refresh} />
        </Suspense>
      )}
      {opened?.kind === 'delete' && (
        <Confirm
          title={t('xcom.delete', { name: opened.key })}
          word={t('common:delete')}
          danger
          onClose={close}
          act={() => remove(opened.key)}
        >
          <p>{t('xcom.delete_what')}</p>
        </Confirm>
      )}
    </Section>
  )
}

type EntryProps = {
  place: Place
  name: string
  at: string
  first: boolean
  may: boolean
  onOpen: (kind: 'edit' | 'delete') => void
}

/** The first few are open at once, others when they are asked for. */
function Entry({ place, name, at, first, may, onOpen }: EntryProps) {
  const { t } = useTranslation(['task', 'common'])
  const [open, setOpen] = useState(first)
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer">
        <h3 className="inline">
          <code>{name}</code>
        </h3>{' '}
        <span className="text-sm text-ink-2">
          <Ago at={at} />
        </span>
      </summary>
      {open && (
        <div className="mt-1">
          <Suspense fallback={<Lines count={2} />}>
            <Shown place={place} name={name}>
              {may && (
                <>
                  <Button small look="quiet" onClick={() => onOpen('edit')} aria-label={t('xcom.edit', { name })}>
                    {t('xcom.change')}
                  </Button>
                  <Button small look="quiet" onClick={() => onOpen('delete')} aria-label={t('xcom.delete', { name })}>
                    {t('common:delete')}
                  </Button>
                </>
              )}
            </Shown>
          </Suspense>
        </div>
      )}
    </details>
  )
}

function Shown({ place, name, children }: { place: Place; name: string; children: ReactNode }) {
  const { data } = useSuspenseQuery(valueQuery(place, name))
  const file = 'download' in data ? (data.download ?? undefined) : undefined
  return (
    <Value value={data.value} name={name} file={file}>
      {children}
    </Value>
  )
}

function Editor({
  place,
  name,
  onClose,
  onSaved,
}: {
  place: Place
  name?: string
  onClose: () => void
  onSaved: () => Promise<void>
}) {
  return name === undefined ? (
    <Form place={place} onClose={onClose} onSaved={onSaved} />
  ) : (
    <Loaded place={place} name={name} onClose={onClose} onSaved={onSaved} />
  )
}

function Loaded(props: { place: Place; name: string; onClose: () => void; onSaved: () => Promise<void> }) {
  const { data } = useSuspenseQuery(valueQuery(props.place, props.name))
  return <Form {...props} value={data.value} />
}

function Form({
  place,
  name,
  value,
  onClose,
  onSaved,
}: {
  place: Place
  name?: string
  value?: unknown
  onClose: () => void
  onSaved: () => Promise<void>
}) {
  const { t } = useTranslation('task')
  const { path } = v2(place)
  const send = async (form: FormData) => {
    let given: unknown
    try {
      given = JSON.parse(String(form.get('value')))
    } catch {
      throw new Error(t('xcom.no_json'))
    }
    const key = name ?? String(form.get('key'))
    const body = { value: given as never, map_index: place.mapIndex }
    if (name === undefined) await api.POST(LIST, { params: { path }, body: { key, ...body } })
    else await api.PATCH(ONE, { params: { path: { ...path, xcom_key: name } }, body })
    say(t('xcom.saved', { name: key }))
    await onSaved()
  }
  return (
    <FormDialog
      title={name === undefined ? t('xcom.add') : t('xcom.edit', { name })}
      send={send}
      onClose={onClose}
      wide
    >
      {name === undefined && <TextField name="key" label={t('xcom.key')} required maxLength={512} />}
      <TextArea
        name="value"
        label={t('xcom.value')}
        hint={t('xcom.value_hint')}
        defaultValue={value === undefined ? '' : JSON.stringify(value, null, 2)}
        required
        className="min-h-48 font-mono"
      />
    </FormDialog>
  )
}
