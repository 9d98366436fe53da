/** Asks the worker for a layout; the same request is answered from memory. */
import { useEffect, useState } from 'react'
import type { LayoutAnswer, LayoutRequest } from './layout'

type Reply = { id: number; answer?: LayoutAnswer; error?: string }

const KEPT = 20
let worker: Worker | undefined
let count = 0
const waiting = new Map<number, { done: (answer: LayoutAnswer) => void; fail: (error: Error) => void }>()
const known = new Map<string, LayoutAnswer>()

function started(): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  made.onmessage = ({ data }: MessageEvent<Reply>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.answer) asked?.done(data.answer)
    else asked?.fail(new Error(data.error))
  }
  made.onerror = (event) => {
    for (const asked of waiting.values()) asked.fail(new Error(event.message || 'the layout could not be made'))
    waiting.clear()
    worker = undefined
  }
  return made
}

// its code comes while what is to be laid out is asked for; where there are no workers (tests) nothing is laid out
if (typeof Worker !== 'undefined') worker = started()

function ask(request: LayoutRequest): Promise<LayoutAnswer> {
  worker ??= started()
  count += 1
  const id = count
  const used = worker
  return new Promise((done, fail) => {
    waiting.set(id, { done, fail })
    used.postMessage({ id, request })
  })
}

export type Laid = { key: string; boxes: LayoutAnswer }

/** The newest layout that is ready; `busy` while the one for this key is made. */
export function useLayout(
  key: string,
  request: () => LayoutRequest,
): { laid: Laid | null; busy: boolean; error: unknown } {
  const [laid, setLaid] = useState<Laid | null>(null)
  const [failed, setFailed] = useState<{ key: string; error: unknown } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is asked
  useEffect(() => {
    const kept = known.get(key)
    if (kept !== undefined) {
      setLaid({ key, boxes: kept })
      return
    }
    let over = false
    ask(request()).then(
      (boxes) => {
        known.set(key, boxes)
        if (known.size > KEPT) known.delete(known.keys().next().value as string)
        if (!over) setLaid({ key, boxes })
      },
      (error) => !over && setFailed({ key, error }),
    )
    return () => {
      over = true
    }
  }, [key])
  return { laid, busy: laid?.key !== key && failed?.key !== key, error: failed?.key === key ? failed.error : null }
}
