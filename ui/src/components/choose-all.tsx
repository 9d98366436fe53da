/** Under a page whose rows are all chosen: the way to choose all that the filters match, on other pages, too. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/format/use-format'
import { Button } from './button'

type Props = {
  /** How many the filters match; not known yet: undefined. */
  matching: number | undefined
  /** There are more than can be chosen at once. */
  more: boolean
  /** All of them are chosen. */
  all: boolean
  onAll: () => void
}

export function ChooseAll({ matching, more, all, onAll }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (matching === undefined) return null
  const shown = format.count(matching)
  return (
    <p className="flex flex-wrap items-center gap-x-3 border-line border-b bg-brand-soft px-3 py-1.5" role="status">
      {all ? (
        <span>
          {more ? t('choose_all.first_chosen', { shown }) : t('choose_all.chosen', { count: matching, shown })}
        </span>
      ) : (
        <>
          <span>{t('choose_all.page')}</span>
          <Button small onClick={onAll}>
            {more ? t('choose_all.first', { shown }) : t('choose_all.all', { count: matching, shown })}
          </Button>
        </>
      )}
    </p>
  )
}

/** How far a long action is. */
export function Progress({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (done === 0) return null
  return (
    <p role="status" className="text-ink-2">
      {t('choose_all.progress', { done: format.count(done), total: format.count(total) })}
    </p>
  )
}
