// Look at pages in Chromium as readers do: node browse.mjs CHROMIUM RESULT PAGE…, the second a file for what was seen.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { launched, settled } from './chromium.mjs'
import { cramped, enlarge, focused, overflow, unmet } from './inside.mjs'

const [executablePath, result, ...files] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const HEIGHTS = { 1280: 900, 768: 1024, 320: 640 } // 320 px is also what 400 % zoom leaves of 1280 (WCAG 2.2, 1.4.10)
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
const COLOURS = ['color-contrast', 'link-in-text-block'] // all that can change with the colours of a page
const EVERYTHING = { runOnly: { type: 'tag', values: TAGS } }
const LOOKS = [
  { name: 'light', media: 'screen', colorScheme: 'light', rules: EVERYTHING },
  { name: 'dark', media: 'screen', colorScheme: 'dark', rules: { runOnly: { type: 'rule', values: COLOURS } } },
  // Nothing on paper is touched, so nothing can be too small for it.
  { name: 'print', media: 'print', colorScheme: 'light', rules: { ...EVERYTHING, rules: { 'target-size': { enabled: false } } } },
]
const STOPS = 2000 // no walk with the keyboard is longer

const unfold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)))

// Of what is well, axe counts rules and names one element each: naming all of them takes longer than judging.
async function judge(rules) {
  const { passes, violations } = await axe.run(document, { ...rules, resultTypes: ['violations'] })
  return { passed: passes.length, violations }
}

async function accessible(opened) {
  const seen = { violations: [], overflows: [], rules: 0 }
  // The page's own policy forbids scripts, and axe is one.
  await opened(async (page) => {
    await page.addScriptTag({ content: axe })
    await unfold(page)
    for (const [width, height] of Object.entries(HEIGHTS)) {
      await page.setViewportSize({ width: Number(width), height })
      for (const { name, rules, ...look } of LOOKS) {
        await page.emulateMedia(look)
        const place = `${width} px, ${name}`
        const judged = await page.evaluate(judge, rules)
        seen.rules = Math.max(seen.rules, judged.passed)
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

async function keyboard(opened) {
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

async function scripts(opened) {
  const text = (page) => page.evaluate(() => document.body.innerText)
  const withThem = await opened(async (page, said) => ({ text: await text(page), said }))
  const without = await opened((page) => text(page), { javaScriptEnabled: false })
  const lines = new Set(without.split('\n'))
  const lost = withThem.text.split('\n').filter((line) => !lines.has(line))
  return { said: withThem.said, characters: without.trim().length, lost }
}

// The page at 400 % of 1280 px, and with its text alone at 200 %.
async function zoomed(opened) {
  const seen = []
  for (const [place, width, times] of [['400 % zoom', 320, 1], ['text at 200 %', 1280, 2]]) {
    await opened(async (page) => {
      await unfold(page)
      await page.evaluate(enlarge, times)
      const found = [...(await page.evaluate(cramped)), ...(await page.evaluate(overflow))]
      seen.push(...found.map((each) => ({ ...each, place })))
    }, { viewport: { width, height: HEIGHTS[width] } })
  }
  return seen
}

const printed = (opened) => opened(async (page) => (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('base64'))

// What the log of the network says that a page asked for, and how much is in the log at all.
const OWN = /^(update\.googleapis|accounts\.google|android\.clients\.google)\.com$/ // Chromium asks there by itself, for no page
const ASKING = /^(URL_REQUEST_START_JOB|HTTP_STREAM_JOB_CONTROLLER|TCP_CONNECT_ATTEMPT|UDP_CONNECT)$/
function asked(netLog) {
  const { constants, events } = JSON.parse(readFileSync(netLog, 'utf8'))
  const kinds = Object.fromEntries(Object.entries(constants.logEventTypes).map(([name, number]) => [number, name]))
  const requests = events.flatMap(({ type, params }) => {
    const asked = params?.url ?? params?.host
    if (!asked || !ASKING.test(kinds[type])) return []
    const host = URL.canParse(asked) ? new URL(asked).hostname : asked.split(':')[0]
    return OWN.test(host) && (params.initiator ?? 'not an origin') === 'not an origin' ? [] : [{ rule: kinds[type], message: asked }]
  })
  return { requests, events: events.length }
}

// One browser a page: its log of the network is that page's alone.
async function visited(file) {
  const netLog = `${file}.net`
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
      await page.goto(pathToFileURL(file).href, { waitUntil: 'load' })
      await settled(page, { scripts: options.javaScriptEnabled })
      return await use(page, said)
    } finally {
      await context.close()
    }
  }
  const seen = {
    accessible: await accessible(opened),
    zoomed: await zoomed(opened),
    keyboard: await keyboard(opened),
    scripts: await scripts(opened),
    printed: await printed(opened),
  }
  await browser.close()
  return { ...seen, ...asked(netLog) }
}

const seen = {}
const waiting = [...files.entries()]
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) seen[next[0]] = await visited(next[1])
}))
writeFileSync(result, JSON.stringify(files.map((_, at) => seen[at])))
