/** The text of the DAG's file in each version, and what changed from one to another. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '@/api/client'
import { Copy } from '@/components/copy'
import { Empty } from '@/components/empty'
import { Choice } from '@/components/field'
import { Section } from '@/components/page'
import { Lines } from '@/components/skeleton'
import { Time } from '@/components/time'
import { factsQuery } from '@/dag/queries'
import { whole } from '@/lib/search'
import { useSettled } from '@/lib/warm'
import { dagTopic } from '@/live/topics'

const Editor = lazy(() => import('@/code/editor'))
const LIMIT = 100

export const Route = createFileRoute('/_app/dags/$dagId/code')({
  validateSearch: (search) => ({
    ...whole(search, 'version'),
    ...whole(search, 'with'),
    ...whole(search, 'line'),
  }),
  loader: ({ context, params }) => context.queryClient.ensureQueryData(versionsQuery(params.dagId)),
  component: View,
})

function versionsQuery(dagId: string) {
  return {
    ...$api.queryOptions('get', '/api/v2/dags/{dag_id}/dagVersions', {
      params: { path: { dag_id: dagId }, query: { limit: LIMIT, order_by: ['-version_number'] } },
    }),
    meta: { topics: [dagTopic(dagId)] },
  }
}

/** The text of the newest version is that of the file: an edit that changes no meaning makes no new one. */
function sourceQuery(dagId: string, version: number) {
  return {
    ...$api.queryOptions('get', '/api/v2/dagSources/{dag_id}', {
      params: { path: { dag_id: dagId }, query: { version_number: version } },
    }),
    meta: { topics: [dagTopic(dagId)] },
  }
}

function useText(dagId: string, version: number): string | null {
  const { data } = useSuspenseQuery(sourceQuery(dagId, version))
  return typeof data === 'string' ? data : data.content
}

function View() {
  const { t } = useTranslation('dagpages')
  const { dagId } = Route.useParams()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const versions = useSuspenseQuery(versionsQuery(dagId)).data.dag_versions
  const newest = versions[0]?.version_number
  const shown = search.version ?? newest
  if (shown === undefined) return <Empty title={t('code.none')} />
  const other = search.with === shown ? undefined : search.with
  // of one version there is nothing to choose, nor to compare it with
  const several = versions.length > 1
  return (
    <div
      className={clsx(
        'grid grid-cols-[minmax(0,1fr)] items-start gap-4',
        several && 'lg:grid-cols-[minmax(0,1fr)_15rem]',
      )}
    >
      <Suspense fallback={<Lines count={12} />}>
        {other === undefined ? (
          <Source dagId={dagId} version={shown} line={search.line} />
        ) : (
          <Difference dagId={dagId} from={other} to={shown} />
        )}
      </Suspense>
      {several && (
        <div className="grid gap-4 max-lg:order-first">
          <Choice
            label={t('code.compare')}
            value={other === undefined ? '' : String(other)}
            onChange={(event) =>
              void navigate({
                search: {
                  ...(search.version === undefined ? {} : { version: search.version }),
                  ...(event.target.value === '' ? {} : { with: Number(event.target.value) }),
                },
              })
            }
            options={[
              ['', t('code.nothing')],
              ...versions
                .filter((version) => version.version_number !== shown)
                .map(
                  (version) =>
                    [String(version.version_number), t('code.version', { version: version.version_number })] as const,
                ),
            ]}
          />
          <Section title={t('code.versions')}>
            <ol className="max-h-[60vh] overflow-auto max-lg:max-h-40">
              {versions.map((version) => (
                <li key={version.id} className="border-line border-b last:border-b-0">
                  <Link
                    to="/dags/$dagId/code"
                    params={{ dagId }}
                    search={{ version: version.version_number, ...(other === undefined ? {} : { with: other }) }}
                    aria-current={version.version_number === shown ? 'true' : undefined}
                    className={clsx(
                      'block px-4 py-1.5 hover:bg-hover hover:no-underline',
                      version.version_number === shown && 'bg-brand-soft font-semibold',
                    )}
                  >
                    {t('code.version', { version: version.version_number })}
                    {version.version_number === newest && (
                      <span className="font-normal text-ink-2"> · {t('code.newest')}</span>
                    )}
                    <span className="block text-sm font-normal text-ink-2">
                      <Time at={version.created_at} />
                    </span>
                  </Link>
                </li>
              ))}
            </ol>
          </Section>
        </div>
      )}
    </div>
  )
}

function Source({ dagId, version, line }: { dagId: string; version: number; line: number | undefined }) {
  const { t } = useTranslation('dagpages')
  const dag = useSuspenseQuery(factsQuery(dagId)).data
  const text = useText(dagId, version)
  const label = t('code.of', { file: dag.relative_fileloc, version })
  const settled = useSettled()
  const plain = text && <Plain text={text} label={label} />
  return (
    <Section
      title={label}
      className="min-w-0 overflow-hidden"
      extra={
        <>
          <Link to="/dags/$dagId/runs" params={{ dagId }} search={{ version }}>
            {t('code.runs')}
          </Link>
          {text && <Copy text={text} />}
        </>
      }
    >
      {!text && <Empty title={t('code.none')} />}
      {text && settled && (
        <Suspense fallback={plain}>
          <Editor text={text} label={label} line={line} />
        </Suspense>
      )}
      {!settled && plain}
    </Section>
  )
}

/**
 * The text without colours: it can be read before what colours it is loaded.  A part of a section of the same name, and
 * no other such section.
 */
function Plain({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with keys
    <div role="group" tabIndex={0} aria-label={label} className="max-h-[78vh] overflow-auto">
      <pre className="ps-10 font-mono text-[0.8125rem] leading-[1.55] whitespace-pre-wrap">{text}</pre>
    </div>
  )
}

function Difference({ dagId, from, to }: { dagId: string; from: number; to: number }) {
  const { t } = useTranslation('dagpages')
  const before = useText(dagId, from)
  const after = useText(dagId, to)
  const label = t('code.diff_of', { from, to })
  return (
    <Section title={label} className="min-w-0 overflow-hidden">
      {before === null || after === null ? (
        <Empty title={t('code.none')} />
      ) : before === after ? (
        <Empty title={t('code.same')} />
      ) : (
        <Editor text={after} before={before} label={label} />
      )}
    </Section>
  )
}
