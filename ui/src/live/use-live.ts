/**
 * What the pages use of the live stream.
 *
 * A query says in its `meta.topics` what it shows: `{ meta: { topics: ['dag:shop'] } }`.  When something of these
 * topics changed, the query is asked again, at most once in half a second; who can do better patches his data in
 * `useChanges` and leaves the topics out.
 */
import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useSyncExternalStore } from 'react'
import { idle } from '@/lib/warm'
import { type Status, stream } from './stream'
import { type LiveEvent, topicsOf } from './topics'

export const AT_MOST_EVERY = 500

/** Subscribe to topics while the part of the page is shown. */
export function useTopics(topics: readonly string[]): void {
  const key = topics.join(',')
  useEffect(() => (key === '' ? undefined : stream.follow(key.split(','))), [key])
}

/** Called with each change in these topics; `reset`: more was missed than the server remembers. */
export function useChanges(topics: readonly string[], act: (event: LiveEvent | 'reset') => void): void {
  useTopics(topics)
  const key = topics.join(',')
  useEffect(() => {
    const mine = new Set(key.split(','))
    return stream.listen((event) => {
      if (event === 'reset' || topicsOf(event).some((topic) => mine.has(topic))) act(event)
    })
  }, [key, act])
}

export function useLiveStatus(): Status {
  return useSyncExternalStore(stream.watch, () => stream.status)
}

function shownBy(meta: Record<string, unknown> | undefined): string[] {
  return (meta?.topics as string[] | undefined) ?? []
}

let held = 0

/** How long a page may take to go, once what it shows is gone. */
const LEFT_WITHIN = 5000

/**
 * Nothing is asked again while `work` goes on, such as taking away what the page shows and leaving it, until it is left:
 * until no part of the page shows one of the topics in `gone`, which could only be told that nothing is there.
 */
export async function withoutAsking<T>(
  client: QueryClient,
  gone: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const shows = (query: Query) => shownBy(query.meta).some((topic) => gone.includes(topic))
  const asked = { predicate: (query: Query) => query.state.data !== undefined && shows(query) }
  const release = () => {
    held -= 1
  }
  held += 1
  try {
    // what is on its way would come too late
    await client.cancelQueries(asked)
    const result = await work()
    void left(client, shows).then(release)
    return result
  } catch (error) {
    release()
    void client.invalidateQueries(asked)
    throw error
  }
}

/** When nobody shows these queries any more, and what comes in their place is drawn. */
async function left(client: QueryClient, shows: (query: Query) => boolean): Promise<void> {
  const cache = client.getQueryCache()
  const shown = () => cache.getAll().some((query) => query.isActive() && shows(query))
  await idle()
  if (!shown()) return
  await new Promise<void>((done) => {
    const finish = () => {
      clearTimeout(timer)
      stop()
      done()
    }
    const timer = setTimeout(finish, LEFT_WITHIN)
    const stop = cache.subscribe(() => {
      if (!shown()) finish()
    })
  })
}

/** Keeps the queries of a client fresh; returns how to stop.  `goes`: whether the page is on its way to another. */
export function keepFresh(client: QueryClient, from = stream, goes = () => false): () => void {
  from.loading = () => goes() || client.isFetching() > 0 || document.querySelector('[data-loading]') !== null
  from.expected = () =>
    client
      .getQueryCache()
      .getAll()
      .flatMap((query) => (query.state.data === undefined ? [] : shownBy(query.meta)))
  const stale = new Set<string>()
  let all = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = () => {
    timer = held > 0 ? setTimeout(refresh, AT_MOST_EVERY) : undefined
    if (timer !== undefined) return
    const topics = new Set(stale)
    const everything = all
    stale.clear()
    all = false
    client.invalidateQueries({
      predicate: (query) => {
        const own = shownBy(query.meta)
        return own.length > 0 && (everything || own.some((topic) => topics.has(topic)))
      },
    })
  }
  const stop = from.listen((event) => {
    if (event === 'reset') all = true
    else for (const topic of topicsOf(event)) stale.add(topic)
    timer ??= setTimeout(refresh, AT_MOST_EVERY)
  })
  // what a query shows is followed as long as somebody shows it
  const followed = new Map<string, () => void>()
  const settle = (query: Query) => {
    const topics = shownBy(query.meta)
    const active = query.getObserversCount() > 0
    if (active && topics.length > 0 && !followed.has(query.queryHash))
      followed.set(query.queryHash, from.follow(topics))
    if (!active) {
      followed.get(query.queryHash)?.()
      followed.delete(query.queryHash)
      // nobody followed its topics from now on: it is asked again when it is shown again
      if (topics.length > 0) query.invalidate()
    }
  }
  for (const query of client.getQueryCache().getAll()) if (query.getObserversCount() > 0) settle(query)
  const read = (query: Query) => {
    const position = (query.state.data as { position?: unknown } | undefined)?.position
    if (typeof position === 'number') from.readAt(position)
  }
  for (const query of client.getQueryCache().getAll()) read(query)
  const stopCache = client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') read(event.query)
    if (event.type === 'observerAdded' || event.type === 'observerRemoved') settle(event.query)
  })
  return () => {
    stop()
    stopCache()
    clearTimeout(timer)
    for (const leave of followed.values()) leave()
  }
}

export function useLive(): void {
  const client = useQueryClient()
  const router = useRouter()
  useEffect(() => keepFresh(client, stream, () => router.state.isLoading), [client, router])
  useEffect(() => {
    const look = () => (document.hidden ? stream.pause() : stream.resume())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
}
