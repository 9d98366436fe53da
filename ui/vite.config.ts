import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { compression } from 'vite-plugin-compression2'

// The server puts a nonce of its own into each answer: styles that libraries make at run time carry it.
export const NONCE = '__CSP_NONCE__'

// What is loaded with a page, or with what is opened on it.
const LATER =
  /tsr-split|[\\/]src[\\/](logs[\\/]|app[\\/](palette|shortcut-sheet|keep-focus|person-panel)|components[\\/](dialog-window|menu-parts|toast-list|form-dialog|confirm|json-tree|markdown|import-error|copy|pager|table|choose-all)|i18n[\\/](wrong-words|again|told|particles))/

function inFrame(id: string): boolean {
  const ours =
    /[\\/]src[\\/](routes|lib|components|app|i18n[\\/][^\\/]+\.ts|format|live|api)|routeTree\.gen|queries\.ts|filter\.ts|query\.ts|[\\/]search\.ts/
  return ours.test(id) && !LATER.test(id) && !id.includes('node_modules')
}

// The texts of a part of a page begin to load with its code (see `i18n/ahead`); those of the frame only when it is drawn.
const textsAhead: Plugin = {
  name: 'texts-ahead',
  transform(code, id) {
    if (!/[\\/]src[\\/][^?]*\.tsx/.test(id) || inFrame(id)) return null
    const used = code.matchAll(/useTranslation\((\[[^\]]*\]|'[^']*'|"[^"]*")\)/g)
    const names = new Set([...used].flatMap(([, given]) => given?.match(/\w+/g) ?? []))
    names.delete('common')
    if (names.size === 0) return null
    const call = `import { ahead } from '@/i18n/ahead'\nahead(${JSON.stringify([...names])})`
    return { code: `${code}\n${call}\n`, map: null }
  },
}

// What every page needs comes in two files instead of eighty: the libraries of the frame, and our own frame with the
// addresses of all pages (their contents are split off by the router).
const GROUPS = [
  {
    name: 'libraries',
    test: /node_modules[/](react|react-dom|scheduler|use-sync-external-store|clsx|i18next|react-i18next|openapi-fetch|openapi-react-query|@tanstack[/](?!react-virtual|virtual-core)[^/]+)[/]/,
  },
  { name: 'frame', test: inFrame },
]

export default defineConfig({
  base: '/',
  html: { cspNonce: NONCE },
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true }),
    react(),
    textsAhead,
    tailwindcss(),
    compression({ algorithms: ['gzip', 'brotliCompress'], exclude: [/index\.html/], threshold: 1024 }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: process.env.TRADEWIND_UI_OUT ?? '../src/tradewind/server/built',
    emptyOutDir: true,
    // pages own /assets; nothing is inlined, for the content policy allows no data: scripts
    assetsDir: 'static',
    assetsInlineLimit: 0,
    target: 'es2023',
    chunkSizeWarningLimit: 400,
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/api', '/auth', '/openapi.json'].map((path) => [path, process.env.TRADEWIND_URL ?? 'http://127.0.0.1:8080']),
    ),
  },
})
