/** The skeleton that every page has: where I am, what it is, in what state, the main action, the tabs. */
import { Link, type LinkProps, useLocation } from '@tanstack/react-router'
import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import {
  createContext,
  Fragment,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'

export type Crumb = { label: string; link?: LinkProps }

type Props = {
  title: string
  crumbs?: Crumb[]
  /** One sentence on the state of what is shown. */
  sentence?: ReactNode
  badge?: ReactNode
  actions?: ReactNode
  tabs?: ReactNode
  children: ReactNode
}

/** Where the tabs of a page say which one is open: it is part of the page's name. */
const TabContext = createContext<(tab: string) => void>(() => {})

export function Page({ title, crumbs = [], sentence, badge, actions, tabs, children }: Props) {
  const { t } = useTranslation()
  const [tab, setTab] = useState('')
  useEffect(() => {
    document.title = [tab, title, 'Tradewind'].filter(Boolean).join(' · ')
  }, [title, tab])
  return (
    <div className="flex min-h-full flex-col">
      <header className="border-line border-b bg-surface px-4 pt-3 sm:px-6">
        {crumbs.length > 0 && (
          <nav aria-label={t('breadcrumb')} className="mb-0.5 flex flex-wrap items-center gap-1 text-sm text-ink-2">
            {crumbs.map((crumb, index) => (
              <Fragment key={crumb.label}>
                {index > 0 && <ChevronRight size={12} aria-hidden="true" />}
                {crumb.link ? <Link {...crumb.link}>{crumb.label}</Link> : <span>{crumb.label}</span>}
              </Fragment>
            ))}
          </nav>
        )}
        {/* what can be done stands beside the title, so that the sentence has all the width; on a phone it comes last */}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-3">
          <div className="flex min-w-0 flex-1 basis-72 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 break-words">{title}</h1>
            {badge}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2 max-sm:order-last max-sm:mt-1">{actions}</div>}
          {sentence && <div className="min-w-0 basis-full break-words text-ink-2">{sentence}</div>}
        </div>
        <TabContext value={setTab}>{tabs}</TabContext>
      </header>
      <div className="flex-1 p-4 sm:px-6">{children}</div>
    </div>
  )
}

/** Tabs are links: each view has an address. */
export function TabLinks({
  label,
  tabs,
}: {
  label: string
  tabs: { label: ReactNode; link: LinkProps; exact?: boolean; search?: boolean }[]
}) {
  const place = useRef<HTMLElement>(null)
  const address = useLocation({ select: (location) => location.href })
  const tell = useContext(TabContext)
  // before the page is given its name, which is heard once; with each rendering, for tabs may know later which is open
  useLayoutEffect(() => {
    const open = place.current?.querySelector('[aria-current="page"]')?.textContent
    if (open) tell(open)
  })
  useEffect(() => () => tell(''), [tell])
  // on a narrow screen the tabs scroll: the one that is open is brought into sight
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address, another tab
  useEffect(() => {
    const nav = place.current
    const open = nav?.querySelector<HTMLElement>('[aria-current="page"]')
    if (nav && open) nav.scrollLeft = open.offsetLeft - nav.offsetLeft - (nav.clientWidth - open.offsetWidth) / 2
  }, [address])
  return (
    <nav ref={place} aria-label={label} className="-mb-px flex gap-1 overflow-x-auto">
      {tabs.map((tab, index) => (
        <Link
          key={index}
          {...tab.link}
          activeOptions={{ exact: tab.exact ?? false, includeSearch: tab.search ?? false }}
          className="tab border-transparent border-b-2 px-2.5 py-2 whitespace-nowrap text-ink-2 hover:text-ink hover:no-underline"
          activeProps={{ className: clsx('border-brand! font-semibold text-ink!'), 'aria-current': 'page' }}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}

/** A titled part of a page. */
export function Section({
  title,
  extra,
  children,
  className,
}: {
  title: string
  extra?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section className={clsx('card', className)} aria-label={title}>
      <header className="flex min-h-10 flex-wrap items-center gap-3 border-line border-b px-4 py-1.5">
        <h2 className="flex-1">{title}</h2>
        {extra}
      </header>
      {children}
    </section>
  )
}
