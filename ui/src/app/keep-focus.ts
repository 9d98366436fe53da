/**
 * What has the focus may go: the row that was deleted, the panel that was closed, the question that was answered, a form
 * that is drawn anew.  A browser then begins at the top of the page again, and who works with keys is lost.  Here the
 * focus goes to what stands in its place: the same control of the next row, the same control drawn anew, what had the
 * focus before, and at last the page itself.  Loaded when somebody begins to use the page; pages and windows know nothing
 * of it.
 */
const TABBABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]'
const ROW = 'tr, li, article, [role="row"], [role="option"]'
const WINDOW = '[role="dialog"], [role="alertdialog"], [popover]'
/** Send Tab from the end of a window to its beginning: nobody stays there. */
const GUARD = '[data-base-ui-focus-guard]'
const REMEMBERED = 12

type Step = { node: Element; before: Element | null; after: Element | null }
/** The name is that of when it had the focus: labels do not find what was taken away. */
type Kept = { element: HTMLElement; name: string; path: Step[]; page: string; outside: Kept | null }

let kept: Kept | null = null
let earlier: HTMLElement[] = []
let touched = false
let waiting = false

function usable(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled')
}

function stops(within: Element): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(TABBABLE)].filter((one) => one.tabIndex >= 0)
}

function nameOf(element: HTMLElement): string {
  const labels = (element as HTMLInputElement).labels
  return element.getAttribute('aria-label') ?? (labels?.[0] ?? element).textContent
}

function alike({ element, name }: Kept, other: HTMLElement): boolean {
  return element.tagName === other.tagName && nameOf(other) === name
}

/** The same control of the row that follows, or of the one before where it was the last. */
function inNextRow({ element, path }: Kept): HTMLElement | undefined {
  const row = path.find(({ node }) => !node.isConnected && node.matches(ROW))
  if (row === undefined) return undefined
  const index = stops(row.node).indexOf(element)
  for (const near of [row.after, row.before]) {
    if (near === null || !near.isConnected || !near.matches(ROW)) continue
    const there = stops(near).filter(usable)
    const found = there[Math.min(index, there.length - 1)]
    if (found) return found
  }
  return undefined
}

/** What takes the focus over; undefined: nothing near it is left. */
function heir(one: Kept): HTMLElement | undefined {
  if (usable(one.element)) return one.element
  const main = document.getElementById('main')
  if (one.page !== location.pathname) return main ?? undefined
  const left = one.path.find(({ node }) => node !== one.element && node instanceof HTMLElement && usable(node))?.node
  // all of its window went: what had the focus before it is meant
  if (left === undefined) return one.outside ? heir(one.outside) : (main ?? undefined)
  const near = stops(left).filter(usable)
  const window = left.closest(WINDOW)
  return (
    inNextRow(one) ??
    near.find((other) => alike(one, other)) ??
    earlier.findLast((other) => usable(other) && other.closest(WINDOW) === window) ??
    (left === main || left.contains(main) ? undefined : near[0]) ??
    (window ? stops(window).find(usable) : undefined) ??
    main ??
    undefined
  )
}

function noteFocus({ target }: { target: EventTarget | null }): void {
  if (!(target instanceof HTMLElement) || target.id === 'main' || target === document.body) return
  if (target.matches(GUARD)) return
  const page = location.pathname
  const path: Step[] = []
  for (let node: Element | null = target; node !== null && node !== document.body; node = node.parentElement) {
    path.push({ node, before: node.previousElementSibling, after: node.nextElementSibling })
  }
  const window = target.closest(WINDOW)
  const same = kept !== null && kept.element.closest(WINDOW) === window
  const outside = window === null || kept === null ? null : same ? kept.outside : kept
  if (kept && kept.element !== target) {
    earlier = [...(kept.page === page ? earlier : []), kept.element].slice(-REMEMBERED)
  }
  kept = { element: target, name: nameOf(target), path, page, outside }
}

function noteLeaving({ target, relatedTarget }: FocusEvent): void {
  if (relatedTarget !== null || kept === null || target !== kept.element || !usable(kept.element)) return
  const left = kept
  // it may be about to be taken away; what is still there after that was left by the person
  afterFrames(() => {
    if (kept === left && usable(left.element) && document.hasFocus() && document.activeElement === document.body)
      kept = null
  })
}

/** Windows give the focus back by themselves within a frame. */
function afterFrames(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}

function look(): void {
  if (waiting || kept === null || document.activeElement !== document.body || usable(kept.element)) return
  waiting = true
  afterFrames(() => {
    waiting = false
    // a touch has no focus that could be lost, and a field would bring up the keyboard
    if (kept === null || touched || document.activeElement !== document.body) return
    // hidden while it loads: it comes back
    if (kept.element.isConnected && !kept.element.checkVisibility()) return
    heir(kept)?.focus({ preventScroll: true })
  })
}

/** Begins to look after the focus of the whole page; `first` had it when somebody began to use the page. */
export function keepFocus(first: Element | null): void {
  noteFocus({ target: first })
  noteFocus({ target: document.activeElement })
  addEventListener('focusin', noteFocus)
  addEventListener('focusout', noteLeaving)
  addEventListener('pointerdown', (event) => (touched = event.pointerType === 'touch'), true)
  addEventListener('keydown', () => (touched = false), true)
  new MutationObserver(look).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['style', 'hidden', 'disabled', 'class'],
  })
}
