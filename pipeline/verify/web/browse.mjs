// Look at a page in Chromium as readers do: node browse.mjs CHROMIUM PAGE RESULT, the last a file for what was seen.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { launched, settled } from './chromium.mjs'

const [executablePath, file, result] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const netLog = `${result}.net`
const address = pathToFileURL(file).href

const HEIGHTS = { 1280: 900, 768: 1024, 320: 640 } // 320 px is also what 400 % zoom leaves of 1280 (WCAG 2.2, 1.4.10)
const LOOKS = [
  { name: 'light', media: 'screen', colorScheme: 'light' },
  { name: 'dark', media: 'screen', colorScheme: 'dark' },
  { name: 'print', media: 'print', colorScheme: 'light' },
]
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
const STOPS = 2000 // no walk with the keyboard is longer

const browser = await launched(executablePath, [`--log-net-log=${netLog}`])

async function opened(use, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  try {
    const page = await context.newPage()
    const said = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') said.push(message.text())
    })
    page.on('pageerror', (error) => said.push(String(error)))
    await page.goto(address, { waitUntil: 'load' })
    await settled(page, { scripts: options.javaScriptEnabled })
    return await use(page, said)
  } finally {
    await context.close()
  }
}

const unfold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)))

async function accessible() {
  const seen = { violations: [], overflows: [], rules: 0 }
  // The page's own policy forbids scripts, and axe is one.
  await opened(async (page) => {
    await page.addScriptTag({ content: axe })
    await unfold(page)
    for (const [width, height] of Object.entries(HEIGHTS)) {
      await page.setViewportSize({ width: Number(width), height })
      for (const { name, ...look } of LOOKS) {
        await page.emulateMedia(look)
        const place = `${width} px, ${name}`
        const judged = await page.evaluate((values) => axe.run(document, { runOnly: { type: 'tag', values } }), TAGS)
        seen.rules = Math.max(seen.rules, judged.passes.length)
        for (const { id, help, nodes } of judged.violations) {
          const element = nodes[0].target.flat().join(' ')
          seen.violations.push({ rule: id, message: `${help}: ${element}`, place, times: nodes.length })
        }
        if (look.media === 'screen') seen.overflows.push(...(await page.evaluate(overflow)).map((each) => ({ ...each, place })))
      }
    }
  }, { bypassCSP: true })
  return seen
}

// What makes the page wider than the window; boxes that scroll by themselves hold what is in them.
function overflow() {
  const root = document.documentElement
  const room = root.clientWidth
  const most = Math.max(root.scrollWidth, document.body.scrollWidth) - room
  if (most <= 0) return []
  const held = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== 'visible') return true
    return false
  }
  const wide = [...document.body.querySelectorAll('*')].find(
    (each) => each.getBoundingClientRect().right > room + 1 && !held(each),
  )
  const named = wide ? wide.outerHTML.slice(0, 80) : 'the page'
  return [{ message: `${named} is ${most} px wider than the window`, rule: '' }]
}

// Give what has the focus, and whether one can see that it has.
function focused() {
  const element = document.activeElement
  if (!element || element === document.body || element === document.documentElement) return null
  window.walked ??= []
  const again = window.walked.includes(element)
  window.walked.push(element)
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const middle = document.elementFromPoint(
    Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.y + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1),
  )
  // A link over two lines has its middle between them.
  const rows = [...element.getClientRects()].map((row) => document.elementFromPoint(row.x + row.width / 2, row.y + row.height / 2))
  const uncovered = [middle, ...rows].some((each) => each && (element.contains(each) || each.contains(element)))
  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  let ground = 'rgb(255, 255, 255)'
  for (let behind = element.parentElement; behind; behind = behind.parentElement) {
    const colour = getComputedStyle(behind).backgroundColor
    if (numbers(colour)[3] !== 0) {
      ground = colour
      break
    }
  }
  const [one, other] = [light(style.outlineColor), light(ground)].sort((a, b) => b - a)
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  return {
    again,
    name: element.outerHTML.slice(0, 80),
    folded: element.tagName === 'SUMMARY' && !element.parentElement.open,
    wrong: [
      !ring && 'has the focus and no outline of 2 px',
      ring && (one + 0.05) / (other + 0.05) < 3 && 'has an outline of too little contrast',
      !(box.width && box.height) && 'has the focus and no size',
      box.width && box.height && (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) &&
        'has the focus and is out of sight',
      box.width && box.height && !uncovered && 'has the focus and is covered by something',
    ].filter(Boolean),
  }
}

// What can have the focus and was never met.
function unmet() {
  const able = 'a[href],button,input,select,textarea,summary,[tabindex]:not([tabindex="-1"])'
  return [...document.querySelectorAll(able)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && !window.walked?.includes(each))
    .map((each) => each.outerHTML.slice(0, 80))
}

async function keyboard() {
  const seen = { stops: 0, wrong: [] }
  for (const [width, colorScheme] of [[1280, 'light'], [320, 'dark']]) {
    await opened(async (page) => {
      const tell = (message) => seen.wrong.push({ message, place: `${width} px, ${colorScheme}`, rule: '' })
      for (let stop = 0; stop < STOPS; stop++) {
        await page.keyboard.press('Tab')
        const met = await page.evaluate(focused)
        if (!met || met.again) break
        seen.stops++
        met.wrong.forEach((wrong) => tell(`${met.name} ${wrong}`))
        if (met.folded) {
          await page.keyboard.press('Enter')
          if (!(await page.evaluate(() => document.activeElement.parentElement.open))) tell(`${met.name} does not unfold`)
        }
      }
      for (const name of await page.evaluate(unmet)) tell(`${name} is never reached`)
    }, { viewport: { width, height: HEIGHTS[width] }, colorScheme, reducedMotion: 'reduce' })
  }
  return seen
}

async function scripts() {
  const text = (page) => page.evaluate(() => document.body.innerText)
  const withThem = await opened(async (page, said) => ({ text: await text(page), said }))
  const without = await opened((page) => text(page), { javaScriptEnabled: false })
  const lines = new Set(without.split('\n'))
  const lost = withThem.text.split('\n').filter((line) => !lines.has(line))
  return { said: withThem.said, characters: without.trim().length, lost }
}

const printed = () => opened(async (page) => (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('base64'))

const seen = {
  accessible: await accessible(),
  keyboard: await keyboard(),
  scripts: await scripts(),
  printed: await printed(),
}
await browser.close()
const { constants, events } = JSON.parse(readFileSync(netLog, 'utf8'))
const kinds = Object.fromEntries(Object.entries(constants.logEventTypes).map(([name, number]) => [number, name]))
const OWN = /^(update\.googleapis|accounts\.google|android\.clients\.google)\.com$/ // Chromium asks there by itself, for no page
const ASKING = /^(URL_REQUEST_START_JOB|HTTP_STREAM_JOB_CONTROLLER|TCP_CONNECT_ATTEMPT|UDP_CONNECT)$/
seen.requests = events.flatMap(({ type, params }) => {
  const asked = params?.url ?? params?.host
  if (!asked || !ASKING.test(kinds[type])) return []
  const host = URL.canParse(asked) ? new URL(asked).hostname : asked.split(':')[0]
  return OWN.test(host) && (params.initiator ?? 'not an origin') === 'not an origin' ? [] : [{ rule: kinds[type], message: asked }]
})
seen.events = events.length
writeFileSync(result, JSON.stringify(seen))
