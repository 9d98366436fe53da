/** Pools: how many tasks of a kind run at once, and who uses the slots now. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type EditorProps, useKept } from '@/admin/kept'
import { $api, api, type Schemas } from '@/api/client'
import { Check, TextField } from '@/components/field'
import { FormDialog, textOf } from '@/components/form-dialog'
import { Section } from '@/components/page'
import { type State, stateColor, useStateWord } from '@/components/state'
import { Table } from '@/components/table'
import { useFormat } from '@/format/use-format'

type Pool = Schemas['PoolResponse']
const DEFAULT = 'default_pool'

/** What is said of it is the server's, until somebody writes something else. */
function ours({ name, description }: Pool): boolean {
  return name === DEFAULT && description === 'Default pool'
}

export const Route = createFileRoute('/_app/admin/pools')({ component: Pools })

const query = {
  ...$api.queryOptions('get', '/api/v2/pools', { params: { query: { limit: 100, order_by: ['name'] } } }),
  meta: { topics: ['pools'] },
}

function Pools() {
  const { t } = useTranslation(['admin', 'common'])
  const format = useFormat()
  const { data } = useSuspenseQuery(query)
  const { add, column, dialogs } = useKept<Pool>({
    kind: 'pools',
    nameOf: (row) => row.name,
    stays: (row) => row.name === DEFAULT,
    remove: (name) => api.DELETE('/api/v2/pools/{pool_name}', { params: { path: { pool_name: name } } }),
    Editor,
  })
  const slots = (row: Pool) => (row.slots < 0 ? t('pools.unlimited') : format.count(row.slots))
  return (
    <Section title={t('tab.pools')} extra={add}>
      <Table
        label={t('tab.pools')}
        rows={data.pools}
        rowKey={(row) => row.name}
        columns={[
          {
            key: 'name',
            head: t('pools.name'),
            cell: (row) => (
              <>
                <code className="break-all">{row.name}</code>
                <span className="block text-sm text-ink-2 md:hidden">
                  {t('pools.slots')}: {slots(row)}
                </span>
              </>
            ),
          },
          {
            key: 'use',
            head: t('pools.use'),
            cell: (row) => <Use pool={row} />,
            className: 'min-w-24 md:min-w-52 w-1/3',
          },
          {
            key: 'slots',
            head: t('pools.slots'),
            className: 'text-end',
            cell: slots,
            wideOnly: true,
          },
          {
            key: 'description',
            head: t('description'),
            cell: (row) => (ours(row) ? t('pools.default') : row.description),
            wideOnly: true,
          },
          column,
        ]}
      />
      {dialogs}
    </Section>
  )
}

/** A bar of the slots in use by state, and the same in words. */
function Use({ pool }: { pool: Pool }) {
  const { t } = useTranslation(['admin', 'common'])
  const word = useStateWord()
  const parts = (
    [
      ['running', pool.running_slots],
      ['queued', pool.queued_slots],
      ['deferred', pool.include_deferred ? pool.deferred_slots : 0],
    ] as [State, number][]
  ).filter(([, slots]) => slots > 0)
  const all = pool.slots < 0 ? Math.max(pool.occupied_slots, 1) : Math.max(pool.slots, pool.occupied_slots, 1)
  const words = parts.map(([state, slots]) => `${word(state)} ${slots}`)
  if (pool.scheduled_slots > 0) words.push(t('pools.waiting', { count: pool.scheduled_slots }))
  return (
    <div className="py-1">
      <div aria-hidden="true" className="flex h-1.5 overflow-hidden rounded-full bg-line">
        {parts.map(([state, slots]) => (
          <span key={state} style={{ width: `${(100 * slots) / all}%`, background: stateColor(state) }} />
        ))}
      </div>
      <p className="mt-0.5 text-sm text-ink-2">{words.length > 0 ? words.join(' · ') : t('pools.idle')}</p>
    </div>
  )
}

function Editor({ row: pool, onClose, onSaved }: EditorProps<Pool>) {
  const { t } = useTranslation(['admin', 'common'])
  const send = async (form: FormData) => {
    const name = pool?.name ?? String(form.get('name'))
    const values = {
      slots: Number(form.get('slots')),
      description: textOf(form, 'description'),
      include_deferred: form.get('deferred') === 'on',
    }
    if (pool === null) await api.POST('/api/v2/pools', { body: { name, ...values } })
    else {
      // the default pool's text is its own; the server takes its slots alone
      const update_mask = name === DEFAULT ? ['slots', 'include_deferred'] : undefined
      await api.PATCH('/api/v2/pools/{pool_name}', {
        params: { path: { pool_name: name }, query: { update_mask } },
        body: { pool: name, ...values },
      })
    }
    await onSaved(name)
  }
  return (
    <FormDialog title={pool ? t('pools.edit', { name: pool.name }) : t('pools.add')} send={send} onClose={onClose}>
      {pool === null && <TextField label={t('pools.name')} name="name" required maxLength={250} autoFocus />}
      <TextField
        label={t('pools.slots')}
        name="slots"
        type="number"
        min={-1}
        step={1}
        required
        defaultValue={pool?.slots ?? 8}
        hint={t('pools.slots_hint')}
      />
      {pool?.name !== DEFAULT && (
        <TextField label={t('description')} name="description" defaultValue={pool?.description ?? ''} />
      )}
      <Check
        label={t('pools.deferred')}
        hint={t('pools.deferred_hint')}
        name="deferred"
        defaultChecked={pool?.include_deferred ?? false}
      />
    </FormDialog>
  )
}
