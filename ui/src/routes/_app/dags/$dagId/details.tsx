/** All facts about a DAG. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Copy } from '@/components/copy'
import { Facts } from '@/components/facts'
import { Section } from '@/components/page'
import { Time } from '@/components/time'
import { secondsOfIso } from '@/dag/iso-duration'
import { detailsQuery, factsQuery } from '@/dag/queries'
import { useSchedule } from '@/dags/schedule'
import { useFormat } from '@/format/use-format'

export const Route = createFileRoute('/_app/dags/$dagId/details')({
  loader: ({ context, params }) => context.queryClient.ensureQueryData(detailsQuery(params.dagId)),
  component: View,
})

function View() {
  const { t } = useTranslation(['dagpages', 'common'])
  const format = useFormat()
  const { dagId } = Route.useParams()
  const { data: dag } = useSuspenseQuery(detailsQuery(dagId))
  const { data: facts } = useSuspenseQuery(factsQuery(dagId))
  const schedule = useSchedule()
  const yes = (value: boolean | null) => (value === null ? '' : value ? t('yes') : t('no'))
  const json = (value: unknown) =>
    value && Object.keys(value).length > 0 ? (
      <pre className="overflow-x-auto rounded-md bg-sunken p-2">{JSON.stringify(value, null, 2)}</pre>
    ) : (
      ''
    )
  const timeout = dag.dag_run_timeout ? secondsOfIso(dag.dag_run_timeout) : null
  const version = dag.latest_dag_version
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[repeat(2,minmax(0,1fr))]">
      <Section title={t('details.about')}>
        <div className="space-y-3 px-4 py-3">
          <Facts
            rows={[
              [
                t('details.id'),
                <span key="id" className="inline-flex flex-wrap items-center gap-1">
                  <code className="break-all">{dag.dag_id}</code>
                  <Copy text={dag.dag_id} />
                </span>,
              ],
              // nothing is said twice: most DAGs are called by their id
              [t('details.name'), dag.dag_display_name !== dag.dag_id && dag.dag_display_name],
              [t('details.description'), dag.description],
              [
                t('details.owners'),
                dag.owners.length > 0 && (
                  <ul className="flex flex-wrap gap-x-3">
                    {dag.owners.map((owner) => (
                      <li key={owner}>
                        {safeLink(dag.owner_links?.[owner]) ? (
                          <a href={dag.owner_links?.[owner]} rel="noreferrer noopener" target="_blank">
                            {owner}
                          </a>
                        ) : (
                          <Link to="/dags" search={{ owner }}>
                            {owner}
                          </Link>
                        )}
                      </li>
                    ))}
                  </ul>
                ),
              ],
              [t('details.tags'), dag.tags.map((tag) => tag.name).join(', ')],
              [t('details.active_runs'), format.count(dag.active_runs_count)],
              [t('details.stale'), dag.is_stale && t('yes')],
            ]}
          />
        </div>
      </Section>
      <Section title={t('details.when')}>
        <div className="px-4 py-3">
          <Facts
            rows={[
              [t('fact.schedule'), dag.timetable_summary && <code>{dag.timetable_summary}</code>],
              [t('fact.means'), schedule(facts)],
              [t('details.zone'), dag.timezone],
              [t('details.start'), dag.start_date && <Time at={dag.start_date} />],
              [t('details.end'), dag.end_date && <Time at={dag.end_date} />],
              [t('details.catchup'), yes(dag.catchup)],
              [t('fact.next_run'), dag.next_dagrun_run_after && <Time at={dag.next_dagrun_run_after} />],
              [t('details.next_date'), dag.next_dagrun_logical_date && <Time at={dag.next_dagrun_logical_date} />],
              [t('details.partitioned'), dag.timetable_partitioned && t('yes')],
              [t('details.backfillable'), yes(dag.is_backfillable)],
              [t('details.allowed'), dag.allowed_run_types?.join(', ')],
              [t('details.asset_expression'), json(dag.asset_expression)],
            ]}
          />
        </div>
      </Section>
      <Section title={t('details.limits')}>
        <div className="px-4 py-3">
          <Facts
            rows={[
              [t('details.max_runs'), dag.max_active_runs === null ? '' : format.count(dag.max_active_runs)],
              [t('details.max_tasks'), format.count(dag.max_active_tasks)],
              [
                t('details.max_failed'),
                dag.max_consecutive_failed_dag_runs > 0
                  ? format.count(dag.max_consecutive_failed_dag_runs)
                  : t('details.never'),
              ],
              [t('details.timeout'), timeout === null ? '' : format.duration(timeout)],
              [t('details.task_limits'), yes(dag.has_task_concurrency_limits)],
              [t('details.rerun_latest'), yes(dag.rerun_with_latest_version)],
            ]}
          />
        </div>
      </Section>
      <Section
        title={t('details.file')}
        extra={
          <Link to="/dags/$dagId/code" params={{ dagId }}>
            {t('details.code')}
          </Link>
        }
      >
        <div className="px-4 py-3">
          <Facts
            rows={[
              [t('details.path'), <code key="path">{dag.relative_fileloc ?? dag.fileloc}</code>],
              [t('details.whole_path'), <code key="whole">{dag.fileloc}</code>],
              [t('details.bundle'), dag.bundle_name],
              [t('details.bundle_version'), dag.bundle_version],
              [t('details.version'), version && `${version.version_number}`],
              [t('details.version_at'), version && <Time at={version.created_at} />],
              [t('details.parsed'), dag.last_parsed && <Time at={dag.last_parsed} />],
              [
                t('details.parse_took'),
                dag.last_parse_duration === null ? '' : format.duration(dag.last_parse_duration),
              ],
              [t('details.import_errors'), dag.has_import_errors && t('yes')],
              [t('details.templates'), dag.template_search_path?.join(', ')],
              [t('details.native'), yes(dag.render_template_as_native_obj)],
            ]}
          />
        </div>
      </Section>
      {dag.default_args && Object.keys(dag.default_args).length > 0 && (
        <Section title={t('details.default_args')}>
          <div className="px-4 py-3">
            <Facts
              rows={Object.entries(dag.default_args).map(([name, value]) => [
                name,
                // the server tells them as they are written in Python
                <code key={name} className="wrap-anywhere">
                  {typeof value === 'string' ? value : JSON.stringify(value)}
                </code>,
              ])}
            />
          </div>
        </Section>
      )}
    </div>
  )
}

/** Only addresses that a browser opens as a page or a letter: an author could write `javascript:`. */
function safeLink(address: string | undefined): boolean {
  return address !== undefined && /^(https?:|mailto:)/i.test(address)
}
