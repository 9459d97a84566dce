// Start Chromium the same on every machine, cut off from the network, and know when a page stands still.
import { chromium } from 'playwright-core'

// A process that has made a PDF names the fonts of the house in FONTCONFIG_FILE, and no others and no rules for drawing
// them: letters come out wider, and what falls back to fonts of the machine finds none.
const { FONTCONFIG_FILE: _, ...env } = process.env

export const launched = (executablePath, args = []) => chromium.launch({
  executablePath,
  env,
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses to be root in a sandbox
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND', // what is asked for is noted, and never gets out
    ...args,
  ],
})

const finished = () => document.getAnimations().forEach((each) => each.effect.getComputedTiming().endTime < Infinity && each.finish())

// Fonts inside a page are decoded after its `load`, on a busy machine much later, and `document.fonts.ready` says yes
// before the first of them is asked for. Then nothing moves any more, and two frames show it.
export async function settled(page, { scripts = true } = {}) {
  await page.evaluate(finished)
  if (!scripts) return // no promise is ever kept there
  await page.evaluate(async () => {
    await Promise.allSettled([...document.fonts].map((face) => face.load()))
    await document.fonts.ready
    for (let frames = 0; frames < 2; frames++) await new Promise((shown) => requestAnimationFrame(shown))
  })
}
