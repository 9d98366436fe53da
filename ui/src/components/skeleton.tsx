/** What stands where something is being loaded: never a zero, never a jump. */
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'

export function Skeleton({ className }: { className?: string }) {
  // the mark tells the live stream that parts of the page are on their way
  return (
    <span aria-hidden="true" data-loading="" className={clsx('block animate-pulse rounded-md bg-sunken', className)} />
  )
}

export function Lines({ count = 6 }: { count?: number }) {
  return (
    <div className="space-y-2 py-2" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className="h-6 w-full" />
      ))}
    </div>
  )
}

export function PageSkeleton() {
  const { t } = useTranslation('common', { useSuspense: false })
  return (
    <div role="status" className="p-4">
      {/* no heading: it stands below that of a page, too, of which a tab is loaded */}
      <p className="visually-hidden">{t('loading')}</p>
      <Skeleton className="mb-4 h-7 w-64" />
      <Lines />
    </div>
  )
}
