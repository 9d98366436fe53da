/** What the colours and shapes of a drawing mean. */
import { useTranslation } from 'react-i18next'
import { STATES, type State, StateIcon, useStateWord } from '@/components/state'

const RARE = new Set<State>(['tolerated', 'restarting', 'removed', 'awaiting_input', 'up_for_reschedule'])

/** `seen`: only these states, else the usual ones. */
export function Legend({ seen }: { seen?: ReadonlySet<State> }) {
  const { t } = useTranslation()
  const word = useStateWord()
  const shown = STATES.filter((state) => (seen ? seen.has(state) : !RARE.has(state)))
  return (
    <ul aria-label={t('legend')} className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
      {shown.map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <StateIcon state={state} />
          {word(state)}
        </li>
      ))}
    </ul>
  )
}
