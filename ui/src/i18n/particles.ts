/**
 * Korean particles after words that are put in: texts write both forms, `{{name}}이(가)`, and here the one that fits the
 * sound before it is taken.  Names are mostly English, read as Koreans read them: after `l`, `m`, `n` the form for a
 * consonant, after vowels and what gets a vowel of its own (`sales` is 세일즈) the other.  Where reading is uncertain
 * (`map` is 맵, `task` 태스크) both forms stay, as Korean writes it then.  Used by all texts of the pages.
 */

/** As written in texts, then after a consonant, after a vowel. */
const PAIRS: readonly (readonly [string, string, string])[] = [
  ['은(는)', '은', '는'],
  ['이(가)', '이', '가'],
  ['을(를)', '을', '를'],
  ['와(과)', '과', '와'],
  ['(으)로', '으로', '로'],
  ['(이)라', '이라', '라'],
]
/** What may stand between the word and its particle: closing quotes and tags. */
const BETWEEN = /(?:\]|<\/?\w+>|[`'"”’»])*$/

/** `vowel`, `l` (the consonant that takes `로`), another `consonant`; null: not certain. */
type Sound = 'vowel' | 'l' | 'consonant' | null

/** 0 영, 1 일, … 9 구 */
const DIGITS: readonly Sound[] = [
  'consonant',
  'l',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'l',
  'l',
  'vowel',
]

/** How the last word before a particle ends in speech. */
export function ending(text: string): Sound {
  const word = text.replace(BETWEEN, '').replace(/\s*\([^()]*\)$/, '')
  const last = word.at(-1) ?? ''
  const code = last.charCodeAt(0)
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28
    return final === 0 ? 'vowel' : final === 8 ? 'l' : 'consonant'
  }
  if (/\d/.test(last)) return DIGITS[Number(last)] ?? null
  const latin = /[A-Za-z]+$/.exec(word)?.[0] ?? ''
  return latin === '' ? null : read(latin)
}

function read(word: string): Sound {
  // capitals are read letter by letter: 엘, 엠, 엔, 알
  if (word.length > 1 && word === word.toUpperCase()) {
    return /[LR]$/.test(word) ? 'l' : /[MN]$/.test(word) ? 'consonant' : 'vowel'
  }
  const lower = word.toLowerCase()
  if (/(?:l|[^aeiou]le|[aeiou]le)$/.test(lower)) return 'l'
  if (/(?:m|n|ng|[aeiou](?:me|ne))$/.test(lower)) return 'consonant'
  // map 맵, web 웹, bucket 버킷, check 체크: short or long, it is not seen
  if (/[bckpt]$/.test(lower)) return null
  return 'vowel'
}

/** With the particles that fit. */
export function particles(text: string): string {
  let said = text
  for (const [written, afterConsonant, afterVowel] of PAIRS) {
    let at = said.indexOf(written)
    while (at >= 0) {
      const sound = ending(said.slice(0, at))
      const plain = sound === 'vowel' || (sound === 'l' && written === '(으)로')
      const chosen = sound === null ? written : plain ? afterVowel : afterConsonant
      said = said.slice(0, at) + chosen + said.slice(at + written.length)
      at = said.indexOf(written, at + chosen.length)
    }
  }
  return said
}
