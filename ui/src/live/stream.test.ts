// @vitest-environment happy-dom
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FIRST_OPEN, FIRST_TRIES, LiveStream, SILENCE } from './stream'
import { dagTopic, runTopic, topicsOf } from './topics'
import { AT_MOST_EVERY, keepFresh, withoutAsking } from './use-live'

class FakeSource extends EventTarget {
  static all: FakeSource[] = []
  readyState = 0
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  constructor(readonly url: string) {
    super()
    FakeSource.all.push(this)
  }
  close() {
    this.readyState = 2
  }
  send(kind: string, data: unknown, lastEventId: string) {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data), lastEventId }))
  }
}

const dagEvent = (dag_id: string) => ({ kind: 'dag', position: 1, dag_id })

function made() {
  return new LiveStream((url) => new FakeSource(url) as unknown as EventSource)
}

/** Until the stream is opened for the first time. */
const opened = () => vi.advanceTimersByTimeAsync(FIRST_OPEN)

beforeEach(() => {
  FakeSource.all = []
  vi.stubGlobal('EventSource', { CLOSED: 2 })
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

describe('topics', () => {
  it('belong to what changed, whatever is in an id', () => {
    const event = { kind: 'gone', position: 1, dag_id: 'a/b', run_id: 'r %' } as const
    expect(topicsOf(event)).toEqual(['dags', dagTopic('a/b'), runTopic('a/b', 'r %')])
    expect(runTopic('a/b', 'c')).not.toBe(runTopic('a', 'b/c'))
  })
})

describe('the stream', () => {
  it('is opened anew after a silence, and says so', async () => {
    const stream = made()
    stream.follow(['dags'])
    await opened()
    const [first] = FakeSource.all
    first?.onopen?.()
    first?.send('hello', {}, '7')
    await vi.advanceTimersByTimeAsync(SILENCE - 1)
    first?.send('beat', {}, '')
    await vi.advanceTimersByTimeAsync(SILENCE - 1)
    expect(stream.status).toBe('live')
    await vi.advanceTimersByTimeAsync(1)
    expect(stream.status).toBe('connecting')
    expect(first?.readyState).toBe(2)
    expect(FakeSource.all[1]?.url).toContain('position=7')
    FakeSource.all[1]?.onopen?.()
    expect(stream.status).toBe('live')
  })

  it('is one for all topics, opened once for those who come together', async () => {
    const stream = made()
    const leave = stream.follow(['dags'])
    stream.follow(['home', 'dags'])
    stream.follow(['hitl'])()
    await opened()
    expect(FakeSource.all.map((source) => source.url)).toEqual(['/api/tradewind/events?topic=dags&topic=home'])
    leave()
    await Promise.resolve()
    expect(FakeSource.all).toHaveLength(1)
  })

  it('is opened when the page is there, or when that takes too long', async () => {
    const stream = made()
    let loading = true
    stream.loading = () => loading
    stream.follow(['dags'])
    await opened()
    stream.follow(['home'])
    await opened()
    expect(FakeSource.all).toHaveLength(0)
    loading = false
    await opened()
    expect(FakeSource.all.map((source) => source.url)).toEqual(['/api/tradewind/events?topic=dags&topic=home'])
    const slow = made()
    slow.loading = () => true
    slow.follow(['dags'])
    for (let at = 0; at < FIRST_TRIES; at += 1) await opened()
    expect(FakeSource.all).toHaveLength(1)
    await opened()
    expect(FakeSource.all).toHaveLength(2)
  })

  it('is opened for what was read but is not drawn yet', async () => {
    const stream = made()
    stream.expected = () => ['dags', 'home']
    stream.follow(['dags'])
    await opened()
    stream.follow(['home'])
    await opened()
    expect(FakeSource.all.map((source) => source.url)).toEqual(['/api/tradewind/events?topic=dags&topic=home'])
  })

  it('goes on where it stopped when a topic is added', async () => {
    const stream = made()
    stream.follow(['dags'])
    await opened()
    FakeSource.all[0]!.send('hello', { kind: 'hello' }, '41')
    FakeSource.all[0]!.send('dag', dagEvent('x'), '42')
    stream.follow(['home'])
    await Promise.resolve()
    expect(FakeSource.all[0]!.readyState).toBe(2)
    expect(FakeSource.all[1]!.url).toContain('position=42')
  })

  it('begins where the first of what is shown was read', async () => {
    const stream = made()
    stream.follow(['dags'])
    stream.readAt(8)
    stream.readAt(7)
    stream.readAt(9)
    await opened()
    expect(FakeSource.all[0]!.url).toContain('position=7')
    FakeSource.all[0]!.send('hello', { kind: 'hello' }, '12')
    stream.readAt(3)
    stream.follow(['home'])
    await Promise.resolve()
    expect(FakeSource.all[1]!.url).toContain('position=12')
  })

  it('says how it is, and tries again ever more seldom', async () => {
    const stream = made()
    stream.follow(['dags'])
    await opened()
    expect(stream.status).toBe('connecting')
    FakeSource.all[0]!.onopen?.()
    expect(stream.status).toBe('live')
    for (const [index, wait] of [500, 1000, 2000].entries()) {
      FakeSource.all[index]!.readyState = 2
      FakeSource.all[index]!.onerror?.()
      expect(stream.status).toBe('connecting')
      vi.advanceTimersByTime(wait - 1)
      expect(FakeSource.all).toHaveLength(index + 1)
      vi.advanceTimersByTime(1)
      expect(FakeSource.all).toHaveLength(index + 2)
    }
  })

  it('rests while the page is hidden for long', async () => {
    const stream = made()
    stream.follow(['dags'])
    await opened()
    stream.pause()
    vi.advanceTimersByTime(29_999)
    expect(stream.status).not.toBe('paused')
    vi.advanceTimersByTime(1)
    expect(stream.status).toBe('paused')
    expect(FakeSource.all[0]!.readyState).toBe(2)
    stream.resume()
    expect(FakeSource.all).toHaveLength(2)
  })

  it('rests while the page is hidden, also when it was opened anew meanwhile', async () => {
    const stream = made()
    stream.follow(['dags'])
    await opened()
    FakeSource.all[0]!.onopen?.()
    stream.pause()
    stream.follow(['home'])
    await Promise.resolve()
    FakeSource.all[1]!.readyState = 2
    FakeSource.all[1]!.onerror?.()
    vi.advanceTimersByTime(500)
    expect(FakeSource.all).toHaveLength(3)
    vi.advanceTimersByTime(29_500)
    expect(stream.status).toBe('paused')
    expect(FakeSource.all.map((source) => source.readyState)).toEqual([2, 2, 2])
    vi.advanceTimersByTime(2 * SILENCE)
    expect(stream.status).toBe('paused')
    expect(FakeSource.all).toHaveLength(3)
  })

  it('tries again although the page was hidden for a moment', async () => {
    const stream = made()
    stream.follow(['dags'])
    await opened()
    FakeSource.all[0]!.readyState = 2
    FakeSource.all[0]!.onerror?.()
    stream.pause()
    stream.resume()
    vi.advanceTimersByTime(500)
    expect(FakeSource.all).toHaveLength(2)
  })

  it('does not say that it connects for nobody', async () => {
    const stream = made()
    stream.pause()
    vi.advanceTimersByTime(30_000)
    stream.resume()
    expect(stream.status).toBe('off')
    stream.follow(['dags'])
    await opened()
    expect(FakeSource.all).toHaveLength(1)
  })

  it('ends when nobody follows', async () => {
    const stream = made()
    const leave = stream.follow(['dags'])
    await opened()
    leave()
    await Promise.resolve()
    expect(FakeSource.all[0]!.readyState).toBe(2)
    expect(stream.status).toBe('off')
  })
})

describe('queries', () => {
  it('are asked again when something of their topics changed, and only then', async () => {
    const stream = made()
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
    const stop = keepFresh(client, stream)
    const asked: Record<string, number> = { a: 0, b: 0 }
    for (const name of ['a', 'b']) {
      new QueryObserver(client, {
        queryKey: [name],
        queryFn: () => {
          asked[name]! += 1
          return asked[name]
        },
        meta: { topics: [dagTopic(name)] },
      }).subscribe(() => {})
    }
    await vi.advanceTimersByTimeAsync(FIRST_OPEN + 10)
    expect(FakeSource.all).toHaveLength(1)
    expect(asked).toEqual({ a: 1, b: 1 })
    for (let number = 0; number < 20; number += 1) FakeSource.all[0]!.send('dag', dagEvent('a'), String(number))
    await vi.advanceTimersByTimeAsync(AT_MOST_EVERY + 10)
    expect(asked).toEqual({ a: 2, b: 1 })
    FakeSource.all[0]!.send('reset', { kind: 'reset' }, '99')
    await vi.advanceTimersByTimeAsync(AT_MOST_EVERY + 10)
    expect(asked).toEqual({ a: 3, b: 2 })
    stop()
  })

  describe('of what is taken away', () => {
    const shown = async (ask: () => Promise<number>) => {
      const stream = made()
      const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
      const stop = keepFresh(client, stream)
      const query = { queryKey: ['a'], queryFn: ask, meta: { topics: [dagTopic('a')] } }
      const hide = new QueryObserver(client, query).subscribe(() => {})
      await vi.advanceTimersByTimeAsync(FIRST_OPEN + 10)
      const change = () => FakeSource.all[0]!.send('dag', dagEvent('a'), '1')
      return { client, stop, hide, change }
    }
    const later = () => {
      let done = () => {}
      const ended = new Promise<void>((resolve) => {
        done = resolve
      })
      return { done, ended }
    }

    it('are not asked until the page is left, and then', async () => {
      const ask = vi.fn(async () => 1)
      const { client, stop, hide, change } = await shown(ask)
      const other = vi.fn(async () => 2)
      new QueryObserver(client, { queryKey: ['b'], queryFn: other, meta: { topics: ['dags'] } }).subscribe(() => {})
      await vi.advanceTimersByTimeAsync(10)
      const { done, ended } = later()
      const work = withoutAsking(client, [dagTopic('a')], () => ended)
      change()
      await vi.advanceTimersByTimeAsync(3 * AT_MOST_EVERY)
      done()
      await work
      // it is done, but the page still shows what is gone
      await vi.advanceTimersByTimeAsync(3 * AT_MOST_EVERY)
      expect([ask.mock.calls.length, other.mock.calls.length]).toEqual([1, 1])
      hide()
      await vi.advanceTimersByTimeAsync(2 * AT_MOST_EVERY)
      expect([ask.mock.calls.length, other.mock.calls.length]).toEqual([1, 2])
      stop()
    })

    it('are asked again where the page stays for all that', async () => {
      const ask = vi.fn(async () => 1)
      const { client, stop, change } = await shown(ask)
      await withoutAsking(client, [dagTopic('a')], async () => {})
      change()
      await vi.advanceTimersByTimeAsync(4000)
      expect(ask).toHaveBeenCalledTimes(1)
      await vi.advanceTimersByTimeAsync(2000)
      expect(ask).toHaveBeenCalledTimes(2)
      stop()
    })

    it('are not waited for, and asked again when it was refused', async () => {
      const ask = vi.fn(async () => 1)
      const { client, stop, change } = await shown(ask)
      const slow = later()
      ask.mockImplementation(async () => {
        await slow.ended
        return 3
      })
      change()
      await vi.advanceTimersByTimeAsync(AT_MOST_EVERY + 10)
      expect(client.isFetching()).toBe(1)
      const refused = withoutAsking(client, [dagTopic('a')], async () => {
        expect(client.isFetching()).toBe(0)
        ask.mockImplementation(async () => 4)
        throw new Error('no')
      })
      await expect(refused).rejects.toThrow('no')
      await vi.advanceTimersByTimeAsync(10)
      expect(client.getQueryData(['a'])).toBe(4)
      slow.done()
      await vi.advanceTimersByTimeAsync(10)
      expect(client.getQueryData(['a'])).toBe(4)
      stop()
    })
  })
})
