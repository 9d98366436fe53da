/** How the server's errors are said: asked for when something went wrong, there when it is shown. */
import i18next from 'i18next'
import type { ApiError } from '@/api/client'

let say: ((error: ApiError) => string) | undefined

/** `named`: whether fields are wrong, of which English has words of its own, too. */
export async function loadWrongs(named = false): Promise<void> {
  const words = import('./wrong-words').then((part) => {
    say = part.inWords
  })
  await Promise.all([words, (named || i18next.language !== 'en') && i18next.loadNamespaces('wrong')])
}

/** In the language of the person; as the server said it where the words did not come. */
export function inWords(error: ApiError): string {
  return say?.(error) ?? error.message
}
