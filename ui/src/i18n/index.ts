/** Texts of the pages, by language and namespace.  A page's namespace is loaded with the page. */
import i18next, { type BackendModule, type PostProcessorModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { preferences } from '@/app/preferences'
import common from './en/common.json'

export const LANGUAGES = { en: 'English', ko: '한국어' } as const

const files = import.meta.glob<{ default: Record<string, unknown> }>(['./*/*.json', '!./en/common.json'])

/** Texts of the server that pages in other languages find again by their English ones. */
const MATCHED = new Set(['loading', 'recorded', 'wrong'])

let again: (typeof import('./again') & typeof import('./told')) | undefined

/** How such texts are found again; there when they are. */
export const finder = () => again

const backend: BackendModule = {
  type: 'backend',
  init: () => {},
  read: async (language: string, namespace: string) => {
    const load = files[`./${language}/${namespace}.json`]
    if (load === undefined) throw new Error(`there are no texts ${language}/${namespace}`)
    // the server's texts are found again by their English
    const english = language !== 'en' && MATCHED.has(namespace) ? files[`./en/${namespace}.json`] : undefined
    if (english) {
      if (again === undefined) {
        const [find, tell] = await Promise.all([import('./again'), import('./told')])
        again = { ...find, ...tell }
      }
      i18next.addResourceBundle('en', namespace, (await english()).default)
    }
    const [texts] = await Promise.all([load(), grammar(language)])
    return texts.default
  },
}

let particles: ((text: string) => string) | undefined

const fitting: PostProcessorModule = {
  type: 'postProcessor',
  name: 'particles',
  process: (text) =>
    particles !== undefined && i18next.language === 'ko' && typeof text === 'string' ? particles(text) : text,
}

/** There when the first texts of a language are. */
async function grammar(language: string): Promise<void> {
  if (language === 'ko') particles ??= (await import('./particles')).particles
}

export async function startTexts(): Promise<void> {
  const language = preferences().language
  document.documentElement.lang = language
  await i18next
    .use(backend)
    .use(fitting)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false, // each language has all texts
      ns: ['common'],
      defaultNS: 'common',
      resources: { en: { common } },
      partialBundledLanguages: true,
      interpolation: { escapeValue: false }, // React escapes
      postProcess: ['particles'],
      react: { useSuspense: true },
    })
}

export async function speak(language: keyof typeof LANGUAGES): Promise<void> {
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
