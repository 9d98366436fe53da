/** The texts by which the server's errors are said: asked for when something went wrong, there when it is shown. */
import i18next from 'i18next'

const fields: Record<string, string> = {}

/** `named`: whether fields are wrong, of which English has words of its own, too. */
export async function loadWrongs(named = false): Promise<void> {
  const asked: Promise<unknown>[] = []
  if (named || i18next.language !== 'en') asked.push(i18next.loadNamespaces('wrong'))
  if (named) asked.push(import('./fields.json').then((texts) => Object.assign(fields, texts.default)))
  await Promise.all(asked)
}

/** What the server's checks say of a field, by their kind; empty until it was loaded. */
export function fieldTexts(): Readonly<Record<string, string>> {
  return fields
}
