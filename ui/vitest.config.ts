import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// A test that needs a page asks for one in its first line: it takes longer to make than most tests to run.
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true },
})
