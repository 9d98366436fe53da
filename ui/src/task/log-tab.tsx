/** The log of a task instance: its tries as tabs, one of them or two side by side. */
import { useLocation, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { Columns2 } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { buttonClass } from '@/components/button'
import { Empty } from '@/components/empty'
import { Menu, MenuItem } from '@/components/menu'
import { asState, StateIcon } from '@/components/state'
import { LogView } from '@/logs/log-view'
import { useLogPreferences } from '@/logs/preferences'
import { CodeOf } from '@/logs/trace'
import { LEVELS, type Level } from '@/logs/types'
import { hashOf, type Lines, linesOf } from '@/logs/window'
import type { Place } from './queries'
import type { TaskSearch } from './search'
import { attemptState, triesOf } from './sentence'

type Instance = Schemas['TaskInstancePart']

type Props = { place: Place; task: Schemas['TaskPageResponse']; instance: Instance; search: TaskSearch }

export function LogTab({ place, task, instance, search }: Props) {
  const { t } = useTranslation('task')
  const navigate = useNavigate({ from: '/dags/$dagId/runs/$runId/tasks/$taskId' })
  const hash = useLocation({ select: (location) => location.hash })
  const [preferences, setPreferences] = useLogPreferences()
  const tries = triesOf(instance.attempts)
  const current = search.try ?? tries.at(-1)?.number ?? instance.try_number
  const beside = search.with !== undefined && search.with !== current ? search.with : undefined
  const go = useCallback(
    (change: Partial<TaskSearch>, next?: string) =>
      void navigate({
        search: (before) => ({ ...before, ...change }),
        hash: next ?? true,
        replace: true,
        resetScroll: false,
        hashScrollIntoView: false,
      }),
    [navigate],
  )
  const onFind = useCallback(
    (find: string, regex: boolean) => go({ find: find || undefined, re: regex ? 1 : undefined }),
    [go],
  )
  const onChoose = useCallback((lines: Lines | null) => go({}, lines ? hashOf(lines) : ''), [go])
  // what was skipped, or whose upstream failed, has a time but never ran
  if (tries.length === 0 && (instance.try_number === 0 || !instance.start_date)) {
    return isOpen(instance.state) ? (
      <Empty title={t('log.none')}>{t('log.none_what')}</Empty>
    ) : (
      <Empty title={t('log.never')}>{t('log.never_what')}</Empty>
    )
  }
  const levels = levelsOf(search.levels)
  const view = (number: number, main: boolean) => {
    const attempts = tries.find((one) => one.number === number)?.attempts ?? []
    const state = attempts.at(-1)?.state
    const active =
      state === 'running' || state === 'queued' || (number === instance.try_number && isOpen(instance.state))
    const failed = state !== undefined && attemptState(state) === 'failed'
    // another attempt at the same try begins another file
    const key = `${number} ${attempts.length}`
    return (
      <LogView
        key={key}
        address={{ ...place, tryNumber: number, ...(main && search.file !== undefined ? { file: search.file } : {}) }}
        opening={failed ? 'error' : active ? 'end' : 'start'}
        failed={failed}
        name={t('log.name', { number })}
        find={search.find ?? ''}
        regex={search.re === 1}
        levels={levels}
        chosen={main ? linesOf(hash) : null}
        onFind={onFind}
        onLevels={(next) => go({ levels: next?.join('.') })}
        onChoose={main ? onChoose : ignore}
        preferences={preferences}
        onPreferences={setPreferences}
        keys={main}
      />
    )
  }
  const code = { dagId: place.dagId, version: task.version_number, file: task.file }
  const files = filesOf(tries.find((one) => one.number === current)?.attempts ?? [])
  return (
    <CodeOf value={code}>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <nav aria-label={t('log.tries')} className="flex flex-wrap gap-1">
          {tries.map(({ number, attempts }) => (
            <button
              key={number}
              type="button"
              aria-current={number === current || undefined}
              className={clsx(
                buttonClass(number === current ? 'plain' : 'quiet', true),
                number === current && 'font-bold!',
              )}
              onClick={() => go({ try: number, file: undefined, with: undefined }, '')}
            >
              <StateIcon state={asState(attemptState(attempts.at(-1)?.state ?? ''))} />
              {t('log.try', { number })}
            </button>
          ))}
        </nav>
        {files > 1 && (
          <nav aria-label={t('log.files')} className="flex flex-wrap gap-1 border-line border-s ps-2">
            {Array.from({ length: files }, (_, index) => (
              <button
                key={index}
                type="button"
                aria-current={index === (search.file ?? files - 1) || undefined}
                className={buttonClass(index === (search.file ?? files - 1) ? 'plain' : 'quiet', true)}
                onClick={() => go({ file: index }, '')}
              >
                {t('log.file', { number: index + 1 })}
              </button>
            ))}
          </nav>
        )}
        {tries.length > 1 && (
          <Menu
            trigger={
              <button type="button" className={buttonClass('quiet', true)}>
                <Columns2 size={14} aria-hidden="true" />
                {t('log.beside')}
              </button>
            }
          >
            {tries
              .filter(({ number }) => number !== current)
              .map(({ number }) => (
                <MenuItem key={number} onClick={() => go({ try: current, with: number })}>
                  {t('log.beside_try', { number })}
                </MenuItem>
              ))}
            {beside !== undefined && <MenuItem onClick={() => go({ with: undefined })}>{t('log.beside_off')}</MenuItem>}
          </Menu>
        )}
      </div>
      {beside === undefined ? (
        view(current, true)
      ) : (
        <div className="grid gap-3 xl:grid-cols-2">
          {[view(current, true), view(beside, false)].map((one, index) => (
            <div key={index} className="min-w-0">
              <h2 className="mb-1">{t('log.try', { number: index === 0 ? current : beside })}</h2>
              {one}
            </div>
          ))}
        </div>
      )}
    </CodeOf>
  )
}

function ignore(): void {}

function isOpen(state: string | null): boolean {
  return ['running', 'queued', 'scheduled', 'deferred', 'up_for_reschedule', 'restarting'].includes(state ?? '')
}

/** A try that was lost has a file for each attempt; one that looks again and again writes one. */
function filesOf(attempts: Instance['attempts']): number {
  return 1 + attempts.slice(0, -1).filter((attempt) => attempt.state === 'lost').length
}

function levelsOf(text: string | undefined): Level[] | undefined {
  const found = LEVELS.filter((level) => text?.split('.').includes(level))
  return found.length > 0 ? found : undefined
}
