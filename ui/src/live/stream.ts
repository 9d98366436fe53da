/**
 * The one live stream of the page: `GET /api/tradewind/events`.
 *
 * Parts of the page say which topics they show; the stream is opened for all of them together, and goes on where it
 * stopped.  Tabs of one browser each have a stream while they are looked at; a hidden tab pauses, for browsers allow
 * few connections to one host.
 */
import { KINDS, type LiveEvent } from './topics'

export type Status = 'live' | 'connecting' | 'paused' | 'off'

type Listener = (event: LiveEvent | 'reset') => void

const URL_OF_EVENTS = '/api/tradewind/events'
const LINGER = 30_000
const FIRST_WAIT = 500
/** The parts of a page that is loaded come one after the other: the stream is first opened for all of them. */
export const FIRST_OPEN = 300
/** So often it waits once more while the page is still loaded; what changes meanwhile is not missed. */
export const FIRST_TRIES = 20
const LONGEST_WAIT = 15_000
/** The server says something at least every 15 seconds: after so long without a word the connection is dead. */
export const SILENCE = 40_000

export class LiveStream {
  private readonly topics = new Map<string, number>()
  private readonly listeners = new Set<Listener>()
  private readonly watchers = new Set<() => void>()
  private source: EventSource | null = null
  private opened = ''
  private last: string | null = null
  private first: number | null = null
  private wait = FIRST_WAIT
  /** Until it is opened once more, and until a hidden page lets it rest: neither ends the other. */
  private retry: ReturnType<typeof setTimeout> | undefined
  private rest: ReturnType<typeof setTimeout> | undefined
  private waiting: ReturnType<typeof setTimeout> | undefined
  private silence: ReturnType<typeof setTimeout> | undefined
  private pending = false
  private tries = 0
  status: Status = 'off'
  /** Whether parts of the page are still on their way. */
  loading: () => boolean = () => false
  /** Topics of what was read and is drawn in a moment: the first opening is for them, too. */
  expected: () => readonly string[] = () => []

  constructor(private readonly make: (url: string) => EventSource = (url) => new EventSource(url)) {}

  /** Something was read when the log of changes was at `position`: what came after it must not be missed. */
  readAt(position: number): void {
    if (this.last === null) this.first = Math.min(this.first ?? position, position)
  }

  /** Take part in topics until the returned function is called. */
  follow(topics: readonly string[]): () => void {
    for (const topic of topics) this.topics.set(topic, (this.topics.get(topic) ?? 0) + 1)
    this.settle()
    return () => {
      for (const topic of topics) {
        const left = (this.topics.get(topic) ?? 1) - 1
        if (left > 0) this.topics.set(topic, left)
        else this.topics.delete(topic)
      }
      this.settle()
    }
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  /** The page is hidden: the stream rests after a while, and what was missed is asked for on return. */
  pause(): void {
    clearTimeout(this.rest)
    this.rest = setTimeout(() => {
      this.close()
      this.show('paused')
    }, LINGER)
  }

  resume(): void {
    clearTimeout(this.rest)
    if (this.status !== 'paused') return
    if (this.topics.size === 0) {
      this.show('off')
      return
    }
    this.show('connecting')
    this.open()
  }

  /**
   * Several parts come and go in one turn of a page: the stream is opened once, after it.  At first also the parts that
   * are on their way are waited for, as long as new ones come.
   */
  private settle(): void {
    if (this.status !== 'off') {
      if (!this.pending) queueMicrotask(() => this.turn())
      this.pending = true
      return
    }
    if (this.pending && this.tries >= FIRST_TRIES) return
    if (this.pending) this.tries += 1
    this.pending = true
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.begin(), FIRST_OPEN)
  }

  private begin(): void {
    if (this.loading() && this.tries < FIRST_TRIES) {
      this.tries += 1
      this.waiting = setTimeout(() => this.begin(), FIRST_OPEN)
    } else this.turn()
  }

  private turn(): void {
    this.pending = false
    this.tries = 0
    const wanted = this.wanted()
    if (this.status === 'paused' || wanted === this.opened) return
    if (wanted === '') {
      this.close()
      this.show('off')
    } else this.open()
  }

  private wanted(): string {
    const expected = this.status === 'off' && this.topics.size > 0 ? this.expected() : []
    return [...new Set([...this.topics.keys(), ...expected])].sort().join(',')
  }

  private open(): void {
    this.close()
    this.opened = this.wanted()
    if (this.opened === '') return
    const query = new URLSearchParams(this.opened.split(',').map((topic) => ['topic', topic]))
    const from = this.last ?? this.first
    if (from !== null) query.set('position', String(from))
    if (this.status !== 'live') this.show('connecting')
    const source = this.make(`${URL_OF_EVENTS}?${query}`)
    this.source = source
    source.onopen = () => {
      this.wait = FIRST_WAIT
      this.show('live')
      this.heard()
    }
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) {
        this.show('connecting') // the browser tries again by itself
        return
      }
      this.close()
      this.show('connecting')
      this.retry = setTimeout(() => this.open(), this.wait)
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT)
    }
    const place = (event: MessageEvent) => {
      this.heard()
      this.last = event.lastEventId || this.last
    }
    source.addEventListener('hello', place)
    source.addEventListener('beat', place)
    source.addEventListener('reset', (event) => {
      place(event)
      this.tell('reset')
    })
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        place(event)
        this.tell(JSON.parse(event.data) as LiveEvent)
      })
    }
  }

  /** A network that went away without a word, or a machine that slept, closes nothing: only silence tells. */
  private heard(): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => {
      this.show('connecting')
      this.open()
    }, SILENCE)
  }

  private tell(event: LiveEvent | 'reset'): void {
    for (const listener of this.listeners) listener(event)
  }

  private close(): void {
    this.source?.close()
    this.source = null
    this.opened = ''
    clearTimeout(this.retry)
    clearTimeout(this.silence)
  }

  private show(status: Status): void {
    if (status === this.status) return
    this.status = status
    for (const watcher of this.watchers) watcher()
  }
}

export const stream = new LiveStream()
