// Take pictures of a page in Chromium: node shoot.mjs '{"executablePath", "file", "widths", "height", "to"}'.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launched, settled } from '../../pipeline/verify/web/chromium.mjs'

const TRIES = 10
const { executablePath, file, widths, height, to } = JSON.parse(process.argv[2])
const browser = await launched(executablePath, [
  '--font-render-hinting=none', // letters are as wide on every machine
  '--disable-lcd-text',
  '--hide-scrollbars',
])

// Two pictures in a row that are the same show a page that has come to rest.
async function picture(page) {
  let last = await page.screenshot()
  for (let tries = 0; tries < TRIES; tries++) {
    const next = await page.screenshot()
    if (next.equals(last)) return next
    last = next
  }
  throw new Error(`the page never comes to rest: ${TRIES} pictures of it differ`)
}

for (const width of widths) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' })
  await page.goto(pathToFileURL(file).href)
  await settled(page)
  writeFileSync(join(to, `${width}.png`), await picture(page))
  await page.close()
}
await browser.close()
