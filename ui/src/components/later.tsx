/** Around what is loaded when it is asked for: when it cannot be, the page stays as it is, and a bar below it says why. */
import { Component, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { anew, isLost, lose, useLost } from '@/lib/lost'
import { Button } from './button'

type Props = { children: ReactNode; fallback?: ReactNode }

class Apart extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch(error: unknown) {
    if (isLost(error)) lose()
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    if (isLost(error)) return null
    throw error // a fault of ours: shown instead of the page, as everywhere
  }
}

export function Later({ children, fallback }: Props) {
  return (
    <Apart>
      <Suspense fallback={fallback}>{children}</Suspense>
    </Apart>
  )
}

export function LostBar() {
  const { t } = useTranslation()
  const lost = useLost()
  const [away, setAway] = useState(false)
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-4 z-[60] flex justify-center px-4">
      {lost && (
        <p className="pointer-events-auto flex max-w-2xl flex-wrap items-center gap-3 rounded-md border border-danger bg-raised px-4 py-2 shadow-xl">
          <span className="min-w-56 flex-1">{t(away ? 'failure.still_away' : 'failure.part')}</span>
          <Button small onClick={async () => setAway(!(await anew()))}>
            {t('failure.anew')}
          </Button>
        </p>
      )}
    </div>
  )
}
