/** The corner in which short notes stand; loaded by `toast`. */
import { Toast as Base } from '@base-ui/react/toast'
import clsx from 'clsx'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Sentence } from './sentence'
import { showWith } from './toast'

const manager = Base.createToastManager()

export default function ToastList() {
  const { t } = useTranslation()
  useEffect(
    () =>
      showWith(({ text, error }) =>
        manager.add(error ? { title: text, type: 'error', timeout: 12_000, priority: 'high' } : { title: text }),
      ),
    [],
  )
  return (
    <Base.Provider toastManager={manager} timeout={5000}>
      <Base.Portal>
        <Base.Viewport
          aria-label={t('notes')}
          className="fixed right-4 bottom-4 z-[60] flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2"
        >
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function List() {
  const { toasts: shown } = Base.useToastManager()
  const { t } = useTranslation()
  return shown.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className={clsx(
        'flex items-start gap-2 rounded-md border bg-raised px-3 py-2 shadow-xl',
        toast.type === 'error' ? 'border-danger' : 'border-line',
      )}
    >
      <Base.Title className={clsx('flex-1 break-words', toast.type === 'error' && 'text-danger')}>
        <Sentence text={String(toast.title)} />
      </Base.Title>
      <Base.Close aria-label={t('close')} className="rounded-md p-0.5 text-ink-2 hover:bg-hover">
        <X size={14} aria-hidden="true" />
      </Base.Close>
    </Base.Root>
  ))
}
