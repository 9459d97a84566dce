// Take pictures of a page in Chromium: node shoot.mjs '{"executablePath", "file", "widths", "height", "to"}'.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const web = new URL('../../pipeline/verify/web/package.json', import.meta.url)
const { chromium } = createRequire(web)('playwright-core')
const { executablePath, file, widths, height, to } = JSON.parse(process.argv[2])
const browser = await chromium.launch({
  executablePath,
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses to be root in a sandbox
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--font-render-hinting=none', // letters are as wide on every machine
    '--disable-lcd-text',
    '--hide-scrollbars',
  ],
})
for (const width of widths) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' })
  await page.goto(pathToFileURL(file).href)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(to, `${width}.png`) })
  await page.close()
}
await browser.close()
