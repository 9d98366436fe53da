/** Which settings a search finds.  Pure. */
import type { Schemas } from '@/api/client'

type Setting = Schemas['SettingPart']

/** By name, by another name, by value, or by where it was set. */
export function matching(settings: Setting[], wanted: string, changedOnly: boolean): Setting[] {
  const text = wanted.trim().toLowerCase()
  return settings.filter(
    (each) =>
      (!changedOnly || each.changed) &&
      [`${each.section}.${each.key}`, ...each.aliases, each.value, each.where].some((part) =>
        part.toLowerCase().includes(text),
      ),
  )
}
