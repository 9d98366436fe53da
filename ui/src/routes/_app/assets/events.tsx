/** Events of all assets, the newest first. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '@/api/client'
import { EventsTable } from '@/assets/events-table'
import { AssetTabs } from '@/assets/frame'
import { Button } from '@/components/button'
import { Empty } from '@/components/empty'
import { Page } from '@/components/page'
import { CursorPager } from '@/components/pager'
import { SearchBox } from '@/components/search-box'
import { text } from '@/lib/search'

type Search = { q?: string; dag_id?: string; partition?: string; cursor?: string }

/** What the address says.  The loader asks for it itself: as its dependency it would take the page away while it loads. */
function searched(search: Record<string, unknown>): Search {
  return {
    ...text(search, 'q'),
    ...text(search, 'dag_id'),
    ...text(search, 'partition'),
    ...text(search, 'cursor'),
  }
}

export const Route = createFileRoute('/_app/assets/events')({
  validateSearch: searched,
  loader: ({ context, location }) => context.queryClient.ensureQueryData(query(searched(location.search))),
  component: Events,
})

function query(search: Search) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/assets/events', {
      params: {
        query: {
          search: search.q,
          source_dag_id: search.dag_id,
          partition_key: search.partition,
          cursor: search.cursor ?? '',
        },
      },
    }),
    meta: { topics: ['assets'] },
  }
}

function Events() {
  const { t } = useTranslation('assets')
  const search = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { data } = useSuspenseQuery(query(useDeferredValue(search)))
  const change = (next: Partial<Search>) =>
    void navigate({ search: (before) => clean({ ...before, cursor: undefined, ...next }), replace: true })
  const filtered = Boolean(search.q || search.dag_id || search.partition)
  return (
    <Page title={t('events.title')} sentence={t('events.what')} tabs={<AssetTabs />}>
      <search className="filters" aria-label={t('events.filter')}>
        <SearchBox label={t('events.find')} value={search.q ?? ''} onChange={(q) => change({ q: q || undefined })} />
        <SearchBox
          label={t('events.dag')}
          value={search.dag_id ?? ''}
          onChange={(dag) => change({ dag_id: dag || undefined })}
        />
        <SearchBox
          label={t('events.partition')}
          value={search.partition ?? ''}
          onChange={(partition) => change({ partition: partition || undefined })}
        />
      </search>
      <div className="card">
        {data.events.length > 0 ? (
          <EventsTable events={data.events} label={t('events.title')} />
        ) : filtered ? (
          <Empty
            title={t('events.nothing')}
            action={<Button onClick={() => void navigate({ search: {} })}>{t('events.clear')}</Button>}
          />
        ) : (
          <Empty title={t('no_events')}>{t('no_events_what')}</Empty>
        )}
      </div>
      <CursorPager
        page={data}
        at={search.cursor}
        onGo={(cursor) => void navigate({ search: (before) => clean({ ...before, cursor }) })}
      />
    </Page>
  )
}

function clean(search: Search): Search {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
