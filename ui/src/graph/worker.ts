/** Lays graphs out beside the page, so that it does not stand still.  Started by `use-layout`. */
import { type LayoutRequest, layout } from './layout'

addEventListener('message', (event: MessageEvent<{ id: number; request: LayoutRequest }>) => {
  const { id, request } = event.data
  try {
    postMessage({ id, answer: layout(request) })
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
